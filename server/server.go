// Package server answers HTTP: the JSON API under /api/ that openapi.yaml describes, the UI, Cayley's HTTP API, linked data,
// health and metrics.
package server
