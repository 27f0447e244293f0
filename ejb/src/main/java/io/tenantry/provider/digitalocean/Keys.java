package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The account's public SSH keys. A droplet is given keys by their fingerprints, and only such as the account has. DigitalOcean keeps each key
 * once, so adding may be repeated.
 */
record Keys(VendorApi api, Pages pages) {
    private static final String PATH = "/v2/account/keys";

    List<SshKeys.Key> all() {
        return pages.all(PATH, "ssh_keys").stream().map(Keys::key).toList();
    }

    SshKeys.Key add(String name, String line) {
        var fingerprint = fingerprint(line);
        var body = Json.createObjectBuilder()
                .add("name", name)
                .add("public_key", line.strip())
                .build();
        try {
            return key(new Fields(api.postAgain(PATH, body)).in("ssh_key"));
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.INVALID) {
                throw refused;
            }
            return find(fingerprint).orElseThrow(() -> refused);
        }
    }

    void delete(String id) {
        api.delete(PATH + "/" + VendorApi.encode(id));
    }

    /** Adds those that the account has not; whether there were such. Asks for each, since lists of keys may be read ten times a minute only. */
    boolean addMissing(List<String> lines) {
        var missing =
                lines.stream().filter(line -> find(fingerprint(line)).isEmpty()).toList();
        missing.forEach(line -> add("key " + fingerprint(line), line));
        return !missing.isEmpty();
    }

    /** MD5 of the key itself in pairs of hexadecimal digits, as {@code ssh-keygen -l -E md5} tells it; it names, and protects nothing. */
    static String fingerprint(String line) {
        try {
            var blob = Arrays.stream(line.strip().split("\\s+", -1))
                    .filter(part -> part.startsWith("AAAA"))
                    .findFirst()
                    .orElseThrow(Keys::noKey);
            var digest =
                    MessageDigest.getInstance("MD5").digest(Base64.getDecoder().decode(blob));
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (IllegalArgumentException notBase64) {
            throw noKey();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private Optional<SshKeys.Key> find(String fingerprint) {
        try {
            return Optional.of(key(new Fields(api.get(PATH + "/" + VendorApi.encode(fingerprint))).in("ssh_key")));
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private static SshKeys.Key key(Fields key) {
        return new SshKeys.Key(key.text("id"), key.text("name"), key.text("public_key"));
    }

    private static ProviderFailure noKey() {
        return new ProviderFailure(Reason.INVALID, "a line that is no public SSH key");
    }
}
