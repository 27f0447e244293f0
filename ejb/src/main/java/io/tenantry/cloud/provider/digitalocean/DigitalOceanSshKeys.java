package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.cloud.provider.ResourceCollection;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The account's public SSH keys. A droplet is given keys by their fingerprints, and only keys of the account. DigitalOcean stores each key
 * once, so adding is idempotent.
 */
record DigitalOceanSshKeys(ProviderHttp api, DigitalOceanPaging pages) {
    private static final String PATH = "/v2/account/keys";

    List<ProviderSshKeys.Key> all() {
        return things().all().stream().map(DigitalOceanSshKeys::key).toList();
    }

    ProviderSshKeys.Key add(String name, String line) {
        var fingerprint = fingerprint(line);
        var body = Json.createObjectBuilder()
                .add("name", name)
                .add("public_key", line.strip())
                .build();
        try {
            return key(new JsonFields(api.postAgain(PATH, body)).in("ssh_key"));
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

    /**
     * Adds the keys that the account lacks; returns whether there were any. Queries each key, since lists of keys may be read only ten times a
     * minute.
     */
    boolean addMissing(List<String> lines) {
        var missing =
                lines.stream().filter(line -> find(fingerprint(line)).isEmpty()).toList();
        missing.forEach(line -> add("key " + fingerprint(line), line));
        return !missing.isEmpty();
    }

    static String fingerprint(String line) {
        return PublicKeys.fingerprint(line);
    }

    private Optional<ProviderSshKeys.Key> find(String fingerprint) {
        return things().find(fingerprint).map(DigitalOceanSshKeys::key);
    }

    private ResourceCollection things() {
        return new ResourceCollection(api, pages, PATH, "ssh_keys", "ssh_key");
    }

    private static ProviderSshKeys.Key key(JsonFields key) {
        return new ProviderSshKeys.Key(key.text("id"), key.text("name"), key.text("public_key"));
    }
}
