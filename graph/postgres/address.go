package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/lib/pq"
)

// AddressError says what is wrong with an address, without a word of it that may be secret.
type AddressError struct{ Msg string }

func (e *AddressError) Error() string { return e.Msg }

// wanted is how an address should look.
const wanted = "postgres://USER:PASSWORD@HOST:PORT/DATABASE"

// ParseAddress reads the address of a database, a URL as libpq takes it. The error is an *AddressError.
func ParseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case strings.TrimSpace(address) == "":
		return nil, &AddressError{"it is empty: a database has an address like " + wanted}
	case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Opaque != "":
		return nil, &AddressError{"it is no address like " + wanted} // the text may hold a password
	case strings.Trim(u.Path, "/") == "" && u.Query().Get("dbname") == "":
		return nil, &AddressError{"it names no database: the end of " + wanted + " is missing"}
	}
	return u, nil
}

// Name returns an address without its secrets, for people to read: user, host and database, and the folder of the socket where
// there is one.
func Name(address string) string {
	u, err := ParseAddress(address)
	if err != nil {
		return "postgres"
	}
	name := url.URL{Scheme: "postgres", Host: u.Host, Path: u.Path}
	if user := u.User.Username(); user != "" {
		name.User = url.User(user)
	}
	query := url.Values{}
	for _, key := range []string{"host", "port", "user", "dbname", "search_path"} {
		if v := u.Query().Get(key); v != "" {
			query.Set(key, v)
		}
	}
	name.RawQuery, _ = url.QueryUnescape(query.Encode()) // what Encode gives can be read
	return name.String()
}

// ConnectError says why there is no connection to a database.
type ConnectError struct {
	Msg  string
	Hint string // what may help; may be empty
	err  error
}

func (e *ConnectError) Error() string { return e.Msg }

// Unwrap returns what led to it.
func (e *ConnectError) Unwrap() error { return e.err }

// connectError finds the words for an error of connecting. Errors of the driver do not hold the password.
func connectError(u *url.URL, err error) error {
	var said *pq.Error
	var network *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &said):
		return saidError(u, said)
	case errors.Is(err, pq.ErrSSLNotSupported):
		return &ConnectError{"the server does not encrypt the connection", "where that is no danger, end store.address with ?sslmode=disable", err}
	case errors.As(err, &network), errors.Is(err, context.DeadlineExceeded):
		return &ConnectError{"no server answers: " + err.Error(), "is PostgreSQL running there?", err}
	}
	return &ConnectError{"connect: " + err.Error(), "", err}
}

func saidError(u *url.URL, said *pq.Error) error {
	e := &ConnectError{Msg: said.Message, err: said}
	switch said.Code {
	case "28P01", "28000":
		e.Hint = "user and password are those of store.address, or of PGUSER and PGPASSWORD, or of ~/.pgpass"
	case "3D000":
		e.Hint = "createdb " + strings.Trim(u.Path, "/") + " makes it"
	case "53300":
		e.Hint = "max_connections of the server allows no more"
	}
	return e
}

// loopback says whether the server is on this machine, where nobody listens in.
func loopback(u *url.URL) bool {
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "" || host == "localhost" || ip != nil && ip.IsLoopback()
}

// connector returns what connects to the address.
func connector(u *url.URL) (c *pq.Connector, err error) {
	defer func() {
		if recover() != nil { // the driver panics at some variables of the environment
			err = &AddressError{"the driver does not take it, or one of the variables PG* in the environment"}
		}
	}()
	c, err = pq.NewConnector(u.String())
	if err != nil {
		return nil, &AddressError{"the driver does not take it"} // its words may hold a part of it
	}
	return c, nil
}

// unencrypted is the address for a connection that is not encrypted.
func unencrypted(u *url.URL) *url.URL {
	plain := *u
	query := plain.Query()
	query.Set("sslmode", "disable")
	plain.RawQuery = query.Encode()
	return &plain
}

// describe puts the name of the store before an error, and the folder of advice behind.
func (s *Store) describe(doing string, err error) error {
	return fmt.Errorf("%s %s: %w", doing, s.name, err)
}
