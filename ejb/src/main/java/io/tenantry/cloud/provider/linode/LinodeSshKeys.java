package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.text.InputText;
import jakarta.json.Json;
import java.util.List;

/** Public SSH keys that Linode keeps for the token's user. Linode would store a key twice, so it is looked up first. */
record LinodeSshKeys(ProviderHttp api) {
    private static final String PATH = "/profile/sshkeys";
    private static final int NAME_MAX = 64;

    List<ProviderSshKeys.Key> all() {
        return LinodePaging.all(api, PATH).stream().map(LinodeSshKeys::key).toList();
    }

    ProviderSshKeys.Key add(String name, String publicKey) {
        var there = all().stream()
                .filter(key -> PublicKeys.same(key.publicKey(), publicKey))
                .findFirst();
        return there.orElseGet(() -> {
            var body = Json.createObjectBuilder()
                    .add("label", InputText.cut(name, NAME_MAX))
                    .add("ssh_key", publicKey.strip());
            return key(new JsonFields(api.post(PATH, body.build())));
        });
    }

    void delete(String id) {
        api.delete(PATH + "/" + LinodeIds.number(id));
    }

    private static ProviderSshKeys.Key key(JsonFields key) {
        return new ProviderSshKeys.Key(key.text("id"), key.maybeText("label").orElse(""), key.text("ssh_key"));
    }
}
