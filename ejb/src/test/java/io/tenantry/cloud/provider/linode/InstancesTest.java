package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest extends LinodeCase {
    private static final String SERVERS = "/linode/instances";

    @Test
    void sendsTheTagAsLabelAndTag() {
        var serverSpec = serverSpec();
        account.create(serverSpec);

        var sent = linode.sent("POST", SERVERS);
        assertThat(sent.getString("label")).isEqualTo(serverSpec.mark().text());
        assertThat(sent.getJsonArray("tags").getValuesAs(JsonString::getString))
                .containsExactly(serverSpec.mark().text());
        assertThat(sent.getString("type")).isEqualTo("g6-standard-1");
        assertThat(sent.getString("region")).isEqualTo("eu-central");
        assertThat(sent.getString("image")).isEqualTo("linode/debian12");
        assertThat(sent.getJsonArray("authorized_keys").getValuesAs(JsonString::getString))
                .containsExactly(KEY);
        assertThat(sent).doesNotContainKeys("metadata", "stackscript_id", "stackscript_data");
    }

    @Test
    void generatesARandomRootPasswordForEachServer() {
        account.create(serverSpec());
        var one = linode.sent("POST", SERVERS).getString("root_pass");
        account.create(serverSpec());
        var other = linode.sent("POST", SERVERS).getString("root_pass");

        assertThat(one).isNotEqualTo(other).hasSize(27).containsPattern("[a-z]").containsPattern("[A-Z]");
        assertThat(one).containsPattern("[0-9]").matches("[a-zA-Z0-9-]+");
    }

    @Test
    void treatsANumberAsAStackScript() {
        account.create(serverSpec(Optional.of("10079"), Map.of("DB_PASSWORD", "hunter2")));

        var sent = linode.sent("POST", SERVERS);
        assertThat(sent.getInt("stackscript_id")).isEqualTo(10079);
        assertThat(sent.getJsonObject("stackscript_data").getString("DB_PASSWORD"))
                .isEqualTo("hunter2");
        assertThat(sent).doesNotContainKey("metadata");
    }

    @Test
    void sendsAnyOtherScriptAsUserData() {
        account.create(serverSpec(Optional.of("#cloud-config\nhostname: wéb"), Map.of("not", "used")));

        var sent = linode.sent("POST", SERVERS);
        var data = sent.getJsonObject("metadata").getString("user_data");
        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .isEqualTo("#cloud-config\nhostname: wéb");
        assertThat(sent).doesNotContainKeys("stackscript_id", "stackscript_data");
    }

    @Test
    void refusesASecondServerWithTheSameTag() {
        var serverSpec = serverSpec();
        account.create(serverSpec);

        assertRefused(Reason.BUSY, () -> account.create(serverSpec));
        assertThat(account.marked(serverSpec.mark())).hasSize(1);
    }

    @Test
    void reportsARefusalWithoutThePassword() {
        linode.refuse(400, "Password does not meet strength requirement");
        assertRefused(Reason.INVALID, () -> account.create(serverSpec()))
                .hasMessageContaining("strength requirement")
                .hasMessageNotContaining(linode.sent("POST", SERVERS).getString("root_pass"));
    }

    @Test
    void findsServersByTagInOneRequest() {
        linode.addForeignServers(30);
        var mine = account.create(serverSpec());
        linode.forget();

        var resourceTag = mine.mark().orElseThrow();
        assertThat(account.marked(resourceTag)).extracting(ProviderServer::id).containsExactly(mine.id());
        assertThat(linode.requests()).singleElement().satisfies(one -> {
            assertThat(one.query()).containsEntry("page", "1");
            assertThat(one.headers().get("X-filter"))
                    .isEqualTo("{\"+or\":[{\"label\":\"" + resourceTag.text() + "\"},{\"tags\":\"" + resourceTag.text()
                            + "\"}]}");
        });
    }

    @Test
    void findsARenamedServerByItsTag() {
        var mine = account.create(serverSpec());
        linode.store.set(Long.parseLong(mine.id()), "label", Json.createValue("renamed-by-staff"));

        var found = account.marked(mine.mark().orElseThrow());
        assertThat(found).extracting(ProviderServer::id).containsExactly(mine.id());
        assertThat(found).extracting(ProviderServer::name).containsExactly("renamed-by-staff");
    }

    @Test
    void readsAllPages() {
        linode.addForeignServers(1001);
        assertThat(account.servers()).hasSize(1001);
        assertThat(linode.requests()).extracting(one -> one.query().get("page")).containsExactly("1", "2", "3");
    }

    @Test
    void readsAServer() {
        var id = linode.store.server("web", List.of("production", "db"), "running");

        var providerServer = account.server(String.valueOf(id)).orElseThrow();
        assertThat(providerServer.name()).isEqualTo("web");
        assertThat(providerServer.mark()).isEmpty();
        assertThat(providerServer.addresses())
                .containsExactly("203.0.113." + id % 250, "2a01:7e01::f03c:95ff:fe24:3a2f");
        assertThat(providerServer.size()).isEqualTo("g6-standard-1");
        assertThat(providerServer.region()).isEqualTo("eu-central");
        assertThat(providerServer.createdAt()).contains(Instant.parse("2026-10-03T08:15:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "provisioning, BUILDING",
        "rebuilding, BUILDING",
        "running, RUNNING",
        "offline, STOPPED",
        "booting, BUSY",
        "busy, BUSY",
        "rebooting, BUSY",
        "shutting_down, BUSY",
        "migrating, BUSY",
        "cloning, BUSY",
        "restoring, BUSY",
        "stopped, SUSPENDED",
        "billing_suspension, SUSPENDED",
        "deleting, DELETING",
        "meditating, UNKNOWN"
    })
    void mapsStatusToState(String word, State state) {
        var id = linode.store.server("web", List.of(), word);
        assertThat(account.server(String.valueOf(id)).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void findsNoServerForAnInvalidIdWithoutARequest() {
        assertThat(account.server("../volumes")).isEmpty();
        assertThat(account.server("")).isEmpty();
        assertThat(linode.calls()).isEmpty();
    }

    @Test
    void refusesAnInvalidTime() {
        var id = linode.store.server("web", List.of(), "running");
        linode.store.set(id, "created", Json.createValue("yesterday"));
        assertRefused(Reason.INVALID_RESPONSE, () -> account.server(String.valueOf(id)));
    }
}
