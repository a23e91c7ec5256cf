// A goroutine for each connection, which answers what it gets: PORT.
package main

import (
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go serve(connection)
	}
}

func serve(connection net.Conn) {
	defer connection.Close()
	request := make([]byte, 100)
	length, _ := connection.Read(request)
	connection.Write(request[:length])
}
