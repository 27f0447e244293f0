package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.PublicKeys;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.VendorApi;
import io.tenantry.text.InputText;
import jakarta.json.Json;
import java.util.List;

/** Public SSH keys that Linode keeps of the token's user. Linode would keep one twice, so we look first. */
record AccountKeys(VendorApi api) {
    private static final String PATH = "/profile/sshkeys";
    private static final int NAME_MAX = 64;

    List<SshKeys.Key> all() {
        return Pages.all(api, PATH).stream().map(AccountKeys::key).toList();
    }

    SshKeys.Key add(String name, String publicKey) {
        var there = all().stream()
                .filter(key -> PublicKeys.same(key.publicKey(), publicKey))
                .findFirst();
        return there.orElseGet(() -> {
            var body = Json.createObjectBuilder()
                    .add("label", InputText.cut(name, NAME_MAX))
                    .add("ssh_key", publicKey.strip());
            return key(new Fields(api.post(PATH, body.build())));
        });
    }

    void delete(String id) {
        api.delete(PATH + "/" + Ids.number(id));
    }

    private static SshKeys.Key key(Fields key) {
        return new SshKeys.Key(key.text("id"), key.maybeText("label").orElse(""), key.text("ssh_key"));
    }
}
