package server

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"
)

// description is the OpenAPI description of the JSON API, the contract with the UI and other clients.
//
//go:embed openapi.yaml
var description []byte

// descriptionJSON is the description as JSON.
func descriptionJSON() ([]byte, error) {
	var d any
	if err := yaml.Unmarshal(description, &d); err != nil {
		return nil, fmt.Errorf("read the API's description: %w", err)
	}
	return json.Marshal(d)
}
