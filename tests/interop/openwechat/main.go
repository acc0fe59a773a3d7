// openwechat, a public Go client that this project did not write, against the emulator.
// Prints a table of its calls. The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
package main

import (
	"fmt"
	"os"
	"sync"

	"github.com/eatmoreapple/openwechat"
)

// What the checks share. The first call fills it.
type world struct {
	bot      *openwechat.Bot
	self     *openwechat.Self
	lock     sync.Mutex
	received map[string]*openwechat.Message
	order    []string
	scans    int
	avatar   string
	folder   string
}

func main() {
	if address == "" {
		fmt.Println("WECHAT_EMULATOR is not set: start the emulator and put its address there, such as http://127.0.0.1:8080")
		os.Exit(2)
	}
	folder, err := os.MkdirTemp("", "interop-")
	if err != nil {
		panic(err)
	}
	w := &world{received: map[string]*openwechat.Message{}, folder: folder}
	calls := w.loginCalls()
	calls = append(calls, w.contactCalls()...)
	calls = append(calls, w.receiveCalls()...)
	calls = append(calls, w.sendCalls()...)
	calls = append(calls, w.changeCalls()...)
	calls = append(calls, w.endCalls()...)
	passed, failed := runTable(calls)
	_ = os.RemoveAll(folder)
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

func (w *world) onMessage(message *openwechat.Message) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.received[message.MsgId] = message
	w.order = append(w.order, message.MsgId)
}

func (w *world) message(id string) (found *openwechat.Message, err error) {
	err = until("message "+id+" arrives", func() bool {
		w.lock.Lock()
		defer w.lock.Unlock()
		found = w.received[id]
		return found != nil
	})
	return found, err
}

// Lets a contact say something and waits for it.
func (w *world) receive(message fields) (*openwechat.Message, error) {
	id, err := deliver(message)
	if err != nil {
		return nil, err
	}
	return w.message(id)
}

func (w *world) friend(name string) *openwechat.Friend {
	friends, err := w.self.Friends()
	if err != nil {
		panic(err)
	}
	for _, one := range friends {
		if one.NickName == name || one.RemarkName == name {
			return one
		}
	}
	panic("openwechat knows no friend " + name)
}

func (w *world) group(name string) *openwechat.Group {
	groups, err := w.self.Groups()
	if err != nil {
		panic(err)
	}
	if found := groups.GetByNickName(name); found != nil {
		return found
	}
	panic("openwechat knows no group " + name)
}
