package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.PublicKeys;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The account's public SSH keys. A droplet is given keys by their fingerprints, and only such as the account has. DigitalOcean keeps each key
 * once, so adding may be repeated.
 */
record Keys(VendorApi api, Pages pages) {
    private static final String PATH = "/v2/account/keys";

    List<SshKeys.Key> all() {
        return things().all().stream().map(Keys::key).toList();
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
        things().delete(id);
    }

    /** Adds those that the account has not; whether there were such. Asks for each, since lists of keys may be read ten times a minute only. */
    boolean addMissing(List<String> lines) {
        var missing =
                lines.stream().filter(line -> find(fingerprint(line)).isEmpty()).toList();
        missing.forEach(line -> add("key " + fingerprint(line), line));
        return !missing.isEmpty();
    }

    static String fingerprint(String line) {
        return PublicKeys.fingerprint(line);
    }

    private Optional<SshKeys.Key> find(String fingerprint) {
        return things().find(fingerprint).map(Keys::key);
    }

    private Things things() {
        return new Things(api, pages, PATH, "ssh_keys", "ssh_key");
    }

    private static SshKeys.Key key(Fields key) {
        return new SshKeys.Key(key.text("id"), key.text("name"), key.text("public_key"));
    }
}
