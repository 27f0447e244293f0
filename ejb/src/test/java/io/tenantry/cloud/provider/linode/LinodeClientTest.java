package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderScripts.Question;
import io.tenantry.cloud.provider.ProviderScripts.Script;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinodeClientTest extends LinodeCase {
    @Test
    void describesTheAccount() {
        assertThat(account.check()).isEqualTo("reseller <ops@example.org>");
    }

    @Test
    void hasItsCodeAndAddress() {
        var provider = new Linode();
        assertThat(provider.code()).isEqualTo("linode");
        assertThat(provider.name()).isEqualTo("Linode");
        assertThat(new Credentials(provider.base().orElseThrow(), "any").base())
                .isEqualTo(URI.create("https://api.linode.com/v4"));
    }

    @Test
    void namesAnAddressAndRestoresItsDefaultName() {
        var id = running();
        account.name(id, "203.0.113.5", "mail.example.org");
        account.name(id, "2a01:7e01::1", "");
        assertThat(linode.store.names)
                .containsEntry("203.0.113.5", Json.createValue("mail.example.org"))
                .containsEntry("2a01:7e01::1", JsonValue.NULL);
    }

    @Test
    void readsTrafficOfThisAndThePreviousMonth() {
        assertThat(account.traffic(running(), NOW))
                .containsExactly(
                        new Traffic(month("2026-11"), month("2026-12"), 0, 22_956_600_198L),
                        new Traffic(month("2026-10"), month("2026-11"), 2026, 10));
    }

    @Test
    void readsNoTrafficBeforeTheFirstMonth() {
        assertThat(account.traffic(running(), Instant.parse("2026-10-31T23:59:59Z")))
                .extracting(Traffic::from)
                .containsExactly(month("2026-10"));
    }

    @Test
    void readsDecemberAsTheMonthBeforeJanuary() {
        assertThat(account.traffic(running(), Instant.parse("2027-01-01T00:00:00Z")))
                .extracting(Traffic::inBytes, Traffic::outBytes)
                .contains(tuple(2026L, 12L));
    }

    @Test
    void storesAKeyOnceRegardlessOfItsComment() {
        var key = account.addKey("laptop", KEY);
        var again = account.addKey("the same", KEY.replace("someone", "somebody else") + "\n");

        assertThat(again).isEqualTo(key);
        assertThat(account.keys()).containsExactly(new ProviderSshKeys.Key(key.id(), "laptop", KEY));
        account.deleteKey(key.id());
        account.deleteKey(key.id());
        assertThat(account.keys()).isEmpty();
    }

    @Test
    void truncatesALongKeyName() {
        assertThat(account.addKey("x".repeat(100), KEY).name()).hasSize(64);
    }

    @Test
    void readsOwnScriptsWithTheirFields() {
        assertThat(account.scripts())
                .containsExactly(
                        new Script(
                                "10079",
                                "mysql",
                                "Installs MySQL",
                                List.of("linode/debian12"),
                                List.of(
                                        new Question(
                                                "DB_PASSWORD",
                                                "Password",
                                                "hunter2",
                                                List.of(),
                                                false,
                                                Optional.empty()),
                                        new Question(
                                                "VERSION",
                                                "Version",
                                                "",
                                                List.of("8.0", "8.4"),
                                                false,
                                                Optional.of("8.4")),
                                        new Question(
                                                "PLUGINS",
                                                "Plugins",
                                                "",
                                                List.of("a", "b", "c"),
                                                true,
                                                Optional.of("")))),
                        new Script("10080", "anything", "", List.of(), List.of()));
    }

    private static Instant month(String month) {
        return Instant.parse(month + "-01T00:00:00Z");
    }
}
