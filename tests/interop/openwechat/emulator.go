package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// The emulator's control interface, as far as this program needs it.

type contact struct {
	Name    string
	Remark  string
	Members []struct{ Name string }
	Invited []string
}

type status struct {
	Contacts []contact
	Sessions []struct {
		Sid     string
		EndCode int
	}
	Counters struct{ Requests, Polls, OpenPolls int }
}

type sentMessage struct {
	MsgID    string `json:"msgId"`
	To       string
	Type     int
	Text     string
	FileName string
	Size     int
	Revoked  bool
	Endpoint string
}

type fields map[string]any

var address = strings.TrimSuffix(os.Getenv("WECHAT_EMULATOR"), "/")

func control(method, path string, body any, answer any) error {
	var text io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		text = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, address+"/emulator/"+path, text)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, read)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(read, answer)
}

func serverStatus() (status, error) {
	var now status
	err := control("GET", "status", nil, &now)
	return now, err
}

func serverContact(name string) (contact, error) {
	now, err := serverStatus()
	if err != nil {
		return contact{}, err
	}
	for _, one := range now.Contacts {
		if one.Name == name {
			return one, nil
		}
	}
	return contact{}, fmt.Errorf("the server knows no %q", name)
}

func sentMessages() ([]sentMessage, error) {
	var all []sentMessage
	err := control("GET", "sent", nil, &all)
	return all, err
}

// The messages that an action sent.
func sentDuring(action func() error) ([]sentMessage, error) {
	before, err := sentMessages()
	if err != nil {
		return nil, err
	}
	problem := action()
	after, err := sentMessages()
	if err != nil {
		return nil, err
	}
	return after[len(before):], problem
}

// Lets a contact say something; returns the MsgId.
func deliver(message fields) (string, error) {
	var answer struct {
		MsgID string `json:"msgId"`
	}
	err := control("POST", "message", message, &answer)
	return answer.MsgID, err
}

func phone(action, uuid string) {
	if err := control("POST", "phone", fields{"action": action, "uuid": uuid}, nil); err != nil {
		panic(err)
	}
}

func until(what string, condition func() bool) error {
	deadline := time.Now().Add(20 * time.Second)
	for !condition() {
		if time.Now().After(deadline) {
			return fmt.Errorf("never happened: %s", what)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// A bot whose connections lead to the emulator. It goes on believing in its own host names, over TLS.
func newBot(mode openwechat.BotPreparer) *openwechat.Bot {
	bot := openwechat.DefaultBot(mode)
	bot.UUIDCallback = func(uuid string) { phone("scan", uuid) }
	bot.ScanCallBack = func(openwechat.CheckLoginResponse) { phone("confirm", bot.UUID()) }
	bot.LoginCallBack = nil
	bot.SyncCheckCallback = nil
	host := strings.TrimPrefix(address, "http://")
	bot.Caller.Client.HTTPClient().Transport = &http.Transport{
		Dial:            func(network, _ string) (net.Conn, error) { return net.Dial(network, host) },
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // the emulator signs for itself
	}
	return bot
}
