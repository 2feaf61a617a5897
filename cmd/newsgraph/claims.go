package main

import "newsgraph/schema"

func claimRows(claims []schema.Claim) []any { return anys(claims) }
