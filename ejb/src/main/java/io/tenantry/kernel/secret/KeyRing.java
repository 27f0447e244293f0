package io.tenantry.kernel.secret;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/**
 * The keys of an installation, the current one first. Older ones open what they sealed until it is re-encrypted.
 *
 * @param all the keys, each with a unique name; may be empty
 */
record KeyRing(List<Key> all) {
    private static final int KEY_BYTES = 32;

    /**
     * One key.
     *
     * @param id stored with everything it sealed
     * @param bytes 32, for AES-256
     */
    record Key(String id, byte[] bytes) {
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    KeyRing {
        all = List.copyOf(all);
    }

    /**
     * Parses a file of keys: a line each, {@code name=32 bytes in Base64}, the current one first; empty lines and those that begin with # are
     * ignored.
     *
     * @throws IllegalArgumentException stating which line is wrong and why, but not its content
     */
    static KeyRing read(List<String> lines) {
        var keys = new ArrayList<Key>();
        var names = new HashSet<String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var key = key(line, i + 1);
            if (!names.add(key.id())) {
                throw new IllegalArgumentException("line " + (i + 1) + ": a second key named " + key.id());
            }
            keys.add(key);
        }
        return new KeyRing(keys);
    }

    private static Key key(String line, int number) {
        var at = line.indexOf('=');
        var id = at < 0 ? "" : line.substring(0, at).strip();
        if (!id.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new IllegalArgumentException(
                    "line " + number + ": a name of up to 40 letters, digits, - and _, then = and the key, are needed");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(at + 1).strip());
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException("line " + number + ": key " + id + " is not Base64", noBase64);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "line " + number + ": key " + id + " has " + bytes.length + " bytes, 32 are needed");
        }
        return new Key(id, bytes);
    }
}
