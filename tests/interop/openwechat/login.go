package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/eatmoreapple/openwechat"
)

func (w *world) loginCalls() []call {
	hot, push := filepath.Join(w.folder, "hot.json"), filepath.Join(w.folder, "push.json")
	return []call{
		{name: "Caller.GetLoginUUID, Client.GetLoginQrcode", try: func() error {
			bot := newBot(openwechat.Normal)
			uuid, err := bot.Caller.GetLoginUUID(context.Background())
			if err != nil {
				return err
			}
			defer phone("cancel", uuid)
			response, err := bot.Caller.Client.GetLoginQrcode(context.Background(), uuid)
			if err != nil {
				return err
			}
			defer response.Body.Close()
			image, err := io.ReadAll(response.Body)
			return first(err, expect(bytes.HasPrefix(image, []byte{0xff, 0xd8}), "%d bytes that are no JPEG", len(image)))
		}},
		{name: "Bot.Login, Normal, by QR code", try: func() error {
			w.bot = newBot(openwechat.Normal)
			w.bot.MessageHandler = w.onMessage
			confirm := w.bot.ScanCallBack
			w.bot.ScanCallBack = func(body openwechat.CheckLoginResponse) {
				w.scans++
				w.avatar, _ = body.Avatar()
				confirm(body)
			}
			if err := w.bot.Login(); err != nil {
				return err
			}
			var err error
			w.self, err = w.bot.GetCurrentUser()
			return err
		}},
		{name: "ScanCallBack, CheckLoginResponse.Avatar", try: func() error {
			return expect(w.scans == 1 && w.avatar != "", "%d scans, avatar %q", w.scans, w.avatar)
		}},
		{name: "Bot.GetCurrentUser, Alive", try: func() error {
			return expect(w.bot.Alive() && w.self.NickName == "我" && w.self.Uin > 1<<31, "%v %d", w.self, w.self.Uin)
		}},
		{name: "Bot.Login, Desktop, by QR code", try: func() error {
			bot := newBot(openwechat.Desktop)
			err := bot.Login()
			bot.Exit()
			return err
		}},
		{name: "Bot.HotLogin with a fresh store falls back to the QR code (NewRetryLoginOption)", try: func() error {
			bot := newBot(openwechat.Normal)
			store := openwechat.NewFileHotReloadStorage(hot)
			defer store.Close()
			if err := bot.HotLogin(store, openwechat.NewRetryLoginOption()); err != nil {
				return err
			}
			err := bot.DumpHotReloadStorage()
			bot.Exit()
			return err
		}},
		{name: "Bot.HotLogin with a saved session", try: func() error {
			bot := newBot(openwechat.Normal)
			store := openwechat.NewFileHotReloadStorage(hot)
			defer store.Close()
			err := bot.HotLogin(store)
			if err == nil {
				_, err = bot.Caller.WebWxGetContact(context.Background(), bot.Storage.LoginInfo)
			}
			bot.Exit()
			return err
		}},
		{name: "Bot.PushLogin with a saved session", try: func() error {
			fresh := newBot(openwechat.Normal)
			store := openwechat.NewFileHotReloadStorage(push)
			if err := fresh.HotLogin(store, openwechat.NewRetryLoginOption()); err != nil {
				return err
			}
			fresh.Exit()
			return first(store.Close(), pushLogin(push))
		}},
		{name: "Bot.PushLogin with the session that HotLogin saved again", try: func() error {
			return pushLogin(hot)
		}, clientFault: "a jar that was read from a file is written without its cookies: Jar.UnmarshalJSON does not fill in hosts"},
		{name: "Bot.DumpTo", try: func() error {
			var saved bytes.Buffer
			err := w.bot.DumpTo(&saved)
			return first(err, expect(bytes.Contains(saved.Bytes(), []byte("wxsid")), "no cookies: %s", saved.String()))
		}},
	}
}

func pushLogin(file string) error {
	bot := newBot(openwechat.Normal)
	store := openwechat.NewFileHotReloadStorage(file)
	defer store.Close()
	// It tells nobody of the code, so the phone looks for it.
	go until("a login waits", func() bool { return control("POST", "phone", fields{"action": "confirm"}, nil) == nil })
	err := bot.PushLogin(store)
	bot.Exit()
	return err
}

func (w *world) endCalls() []call {
	return []call{
		{name: "Bot.CrashReason after a logout on the phone", try: func() error {
			bot := newBot(openwechat.Normal)
			if err := bot.Login(); err != nil {
				return err
			}
			ended := make(chan error, 1)
			go func() {
				<-bot.Context().Done()
				ended <- bot.CrashReason()
			}()
			if err := control("POST", "kick", fields{"sid": bot.Storage.LoginInfo.WxSid, "code": 1100}, nil); err != nil {
				return err
			}
			select {
			case reason := <-ended:
				var code openwechat.Ret
				return expect(errors.As(reason, &code) && code == 1100, "ended with %v", reason)
			case <-time.After(10 * time.Second):
				return fmt.Errorf("it still runs")
			}
		}},
		{name: "Bot.Logout", try: func() error {
			return w.bot.Logout()
		}, clientFault: "Logout expects JSON; the server answers a redirect without a body, as it does the web client"},
		{name: "the session is over after Bot.Logout", try: func() error {
			now, err := serverStatus()
			if err != nil {
				return err
			}
			for _, session := range now.Sessions {
				if session.Sid == w.bot.Storage.LoginInfo.WxSid {
					return expect(session.EndCode == 1101, "it ended with %d", session.EndCode)
				}
			}
			return fmt.Errorf("the server does not know the session")
		}},
	}
}

func sampleFile(folder, name string, size int, head []byte) (*os.File, error) {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(i * 7)
	}
	copy(data, head)
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return nil, err
	}
	return os.Open(path)
}
