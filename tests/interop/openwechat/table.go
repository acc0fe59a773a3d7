package main

import (
	"fmt"
	"strings"
)

// A call of openwechat. Where clientFault says why openwechat itself is wrong, the call is expected to fail.
type call struct {
	name        string
	try         func() error
	clientFault string
}

// Tries each call, prints the table, and returns how many came out as expected and how many did not.
func runTable(calls []call) (passed, failed int) {
	var right, wrong int
	fmt.Println("| call | verdict | reason |")
	fmt.Println("| --- | --- | --- |")
	for _, one := range calls {
		err := attempt(one.try)
		reason := ""
		if err != nil {
			reason = strings.Join(strings.Fields(err.Error()), " ")
		}
		switch {
		case err == nil && one.clientFault == "":
			right++
			fmt.Printf("| %s | right | |\n", one.name)
		case err != nil && one.clientFault != "":
			wrong++
			fmt.Printf("| %s | wrong: the client | %s (%s) |\n", one.name, one.clientFault, reason)
		case err == nil:
			failed++
			fmt.Printf("| %s | RIGHT, though expected to be wrong | %s |\n", one.name, one.clientFault)
		default:
			failed++
			fmt.Printf("| %s | WRONG | %s |\n", one.name, reason)
		}
	}
	fmt.Printf("\nopenwechat: %d right, %d wrong by the client's own fault, %d unexpected\n", right, wrong, failed)
	return right + wrong, failed
}

func attempt(try func() error) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	return try()
}

func expect(is bool, format string, arguments ...any) error {
	if is {
		return nil
	}
	return fmt.Errorf(format, arguments...)
}

func first(problems ...error) error {
	for _, problem := range problems {
		if problem != nil {
			return problem
		}
	}
	return nil
}
