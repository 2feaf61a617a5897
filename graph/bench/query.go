package main

import "context"

func (b *bench) queries(ctx context.Context) error { return nil }
