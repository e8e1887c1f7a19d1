package xpath

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

var digestFunctions = []function{
	{"digest", 2, 3, digest},
	{"base64-decode", 1, 1, base64Decode},
}

// hashes are the algorithms of digest().
var hashes = map[string]func([]byte) []byte{
	"MD5":     func(b []byte) []byte { h := md5.Sum(b); return h[:] },
	"SHA-1":   func(b []byte) []byte { h := sha1.Sum(b); return h[:] },
	"SHA-256": func(b []byte) []byte { h := sha256.Sum256(b); return h[:] },
	"SHA-384": func(b []byte) []byte { h := sha512.Sum384(b); return h[:] },
	"SHA-512": func(b []byte) []byte { h := sha512.Sum512(b); return h[:] },
}

func digest(ev *evaluator, args []expr) Value {
	text, algorithm, encoding := ev.str(args[0]), ev.str(args[1]), "base64"
	if len(args) == 3 {
		encoding = ev.str(args[2])
	}
	hash, found := hashes[strings.ToUpper(algorithm)]
	if !found {
		return ev.fail("digest() knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not %q", algorithm)
	}
	switch strings.ToLower(encoding) {
	case "hex":
		return StringOf(hex.EncodeToString(hash([]byte(text))))
	case "base64":
		return StringOf(base64.StdEncoding.EncodeToString(hash([]byte(text))))
	}
	return ev.fail("digest() writes base64 or hex, not %q", encoding)
}

// base64Decode gives the text that was encoded, blank when it is not base64.
func base64Decode(ev *evaluator, args []expr) Value {
	text := strings.TrimRight(strings.Join(strings.Fields(ev.str(args[0])), ""), "=")
	decoded, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return Value{}
	}
	return StringOf(strings.ToValidUTF8(string(decoded), "\uFFFD"))
}
