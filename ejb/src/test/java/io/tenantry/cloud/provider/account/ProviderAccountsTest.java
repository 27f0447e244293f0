package io.tenantry.cloud.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.account.ProviderAccounts.Draft;
import io.tenantry.cloud.provider.account.ProviderAccounts.Field;
import io.tenantry.cloud.provider.account.ProviderAccounts.Outcome;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderAccountsTest {
    private static final String SLUG = "connects";
    private static final String PANEL = "https://panel.example/api/v1";
    private static final String TOKEN = "token-nobody-may-read";
    private static final Draft FINE = new Draft("Main", "virtfusion", PANEL, TOKEN);

    private final ProviderAccountFixture providerAccountFixture = ProviderAccountFixture.of(SLUG);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
        Database.asOwner("create table t_connects.uses (account uuid constraint uses_fk references"
                + " t_connects.provider_account (id))");
        Database.asOwner("grant select on t_connects.uses to tn_connects");
    }

    @BeforeEach
    void clearTables() {
        Database.asOwner("delete from t_connects.uses");
        Database.asOwner("delete from t_connects.provider_account");
        Database.asOwner("truncate t_connects.audit_record");
    }

    @AfterEach
    void close() {
        providerAccountFixture.close();
    }

    @Test
    void encryptsCredentialsAndNeverDisclosesThem() {
        var id = providerAccountFixture.account("Main", PANEL + "/", TOKEN);
        providerAccountFixture.as(
                ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.replace(id, PANEL, TOKEN + "-2"));
        assertThat(providerAccountFixture.texts("p::text", "provider_account p"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("v1.first.", PANEL).doesNotContain(TOKEN));
        assertThat(providerAccountFixture.texts("a::text", "audit_record a"))
                .hasSize(2)
                .noneMatch(row -> row.contains(TOKEN));
        assertThat(providerAccountFixture.inspect(id).toString())
                .doesNotContain(TOKEN)
                .doesNotContain("v1.");
        assertThat(providerAccountFixture.texts("key_id", "provider_account")).containsExactly("first");
        assertThat(FINE.toString() + AccountEndpoint.of(PANEL, TOKEN)).doesNotContain(TOKEN);
    }

    @Test
    void deniesAuditorsAccessToAccounts() {
        assertThat(Database.texts(
                        "select has_table_privilege('tenantry_auditor', 't_connects.provider_account', 'select')"))
                .containsExactly("f");
    }

    @Test
    void reportsEveryInvalidField() {
        assertThat(add(new Draft(" ", "nobody", "", ""))).isEqualTo(invalid(Field.NAME, Field.PROVIDER));
        assertThat(add(new Draft("x".repeat(81), "virtfusion", "ftp://panel.example", "two words")))
                .isEqualTo(invalid(Field.NAME, Field.BASE, Field.TOKEN));
        assertThat(providerAccountFixture.texts("id", "provider_account")).isEmpty();
    }

    @Test
    void acceptsAnAddressOnlyForProvidersWithPanels() {
        assertThat(add(new Draft("A", "virtfusion", "", TOKEN))).isEqualTo(invalid(Field.BASE));
        assertThat(add(new Draft("B", "linode", PANEL, TOKEN))).isEqualTo(invalid(Field.BASE));
        for (var base : List.of("https://", "https://u:p@panel.example", "https://panel.example?a=b", "https:// x")) {
            assertThat(add(new Draft("C", "virtfusion", base, TOKEN))).as(base).isEqualTo(invalid(Field.BASE));
        }
        assertThat(add(new Draft("D", "linode", "", TOKEN))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void refusesToSendATokenUnencrypted() {
        try (var strict =
                new ProviderAccountFixture(SLUG, AddressPolicy.PUBLIC, Map.of(), ProviderAccountFixture.FIRST)) {
            var plain = new Draft("A", "virtfusion", "http://panel.example", TOKEN);
            assertThat(strict.as(ProviderAccountFixture.OWNER, () -> strict.changes.add(plain)))
                    .isEqualTo(invalid(Field.BASE));
        }
    }

    @Test
    void requiresAUniqueNameIgnoringCase() {
        var id = providerAccountFixture.account("Main", PANEL, TOKEN);
        assertThat(add(new Draft(" mAIN ", "linode", "", TOKEN))).isEqualTo(invalid(Field.NAME));
        assertThat(providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.rename(id, "MAIN")))
                .isEqualTo(new Outcome.Done(id));
        assertThat(providerAccountFixture.inspect(id).name()).isEqualTo("MAIN");
        var other = providerAccountFixture.account("Other", PANEL, TOKEN);
        assertThat(providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.rename(other, "Main")))
                .isEqualTo(invalid(Field.NAME));
    }

    @Test
    void refusesToConnectWithoutAVaultKey() {
        try (var keyless = new ProviderAccountFixture(SLUG, AddressPolicy.ANY, Map.of())) {
            assertThat(keyless.as(ProviderAccountFixture.OWNER, () -> keyless.changes.add(FINE)))
                    .isEqualTo(new Outcome.Locked());
            assertThat(keyless.changes.isReady()).isFalse();
        }
    }

    @Test
    void offersTheSandboxOnlyInADemo() {
        var sandbox = new Draft("Toy", "sandbox", "", TOKEN);
        assertThat(add(sandbox)).isEqualTo(invalid(Field.PROVIDER));
        assertThat(providerAccountFixture.as(Actor.system("test"), () -> providerAccountFixture.changes.add(sandbox)))
                .isInstanceOf(Outcome.Done.class);
        try (var demo = new ProviderAccountFixture(
                SLUG, AddressPolicy.ANY, Map.of("tenantry.demo", "true"), ProviderAccountFixture.FIRST)) {
            assertThat(demo.as(ProviderAccountFixture.OWNER, () -> demo.changes.providerChoices.offered()))
                    .extracting(ProviderChoices.Choice::name)
                    .containsExactly("Linode", "Sandbox", "VirtFusion");
        }
    }

    @Test
    void keepsASwitchedOffAccountUsable() {
        var id = providerAccountFixture.account("Main", PANEL, TOKEN);
        turn(id, false);
        turn(id, false);
        assertThat(providerAccountFixture.inspect(id).state()).isEqualTo(ProviderAccountList.State.OFF);
        assertThat(providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.providerClients.open(id)))
                .isNotNull();
        turn(id, true);
        assertThat(providerAccountFixture.inspect(id).state()).isEqualTo(ProviderAccountList.State.ON);
        assertThat(providerAccountFixture.texts("action", "audit_record order by seq"))
                .containsExactly("provider.added", "provider.switched_off", "provider.switched_on");
    }

    @Test
    void refusesToRemoveAnAccountInUse() {
        var id = providerAccountFixture.account("Main", PANEL, TOKEN);
        Database.asOwner("insert into t_connects.uses values ('" + id + "')");
        assertThat(providerAccountFixture.inspect(id).used()).isTrue();
        assertThat(remove(id)).isEqualTo(new Outcome.InUse());
        Database.asOwner("delete from t_connects.uses");
        assertThat(providerAccountFixture.inspect(id).used()).isFalse();
        assertThat(remove(id)).isEqualTo(new Outcome.Done(id));
        assertThat(providerAccountFixture.texts("id", "provider_account")).isEmpty();
        assertThatThrownBy(() -> remove(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void refusesChangesWithoutPermission() {
        var id = providerAccountFixture.account("Main", PANEL, TOKEN);
        assertThat(providerAccountFixture
                        .as(ProviderAccountFixture.SUPPORT, () -> providerAccountFixture.list.find(ListQuery.of(10)))
                        .total())
                .isEqualTo(1);
        for (var change : List.<Runnable>of(
                () -> providerAccountFixture.changes.add(FINE),
                () -> providerAccountFixture.changes.rename(id, "x"),
                () -> providerAccountFixture.changes.replace(id, PANEL, TOKEN),
                () -> providerAccountFixture.changes.turn(id, false),
                () -> providerAccountFixture.changes.remove(id),
                () -> providerAccountFixture.connection.check(id))) {
            assertThatThrownBy(() -> run(ProviderAccountFixture.SUPPORT, change))
                    .isInstanceOf(AccessDeniedException.class);
        }
        var stranger = new Actor(Actor.Kind.STAFF, new UUID(7, 7), "Nobody");
        assertThatThrownBy(() -> run(stranger, () -> providerAccountFixture.list.one(id)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> run(stranger, () -> providerAccountFixture.list.rows(ListQuery.of(1))))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void searchesFiltersAndSortsAccounts() {
        providerAccountFixture.account("Main", PANEL, TOKEN);
        providerAccountFixture.account("another", "https://second.example/api/v1", TOKEN);
        add(new Draft("Cloud", "linode", "", TOKEN));
        assertThat(names(ListQuery.of(10))).containsExactly("another", "Cloud", "Main");
        assertThat(names(ListQuery.of(10).with(ProviderAccountList.PROVIDER, "linode")))
                .containsExactly("Cloud");
        assertThat(names(ListQuery.of(10).with(ProviderAccountList.HEALTH, "untested")))
                .hasSize(3);
        assertThat(names(ListQuery.of(10).with(ProviderAccountList.HEALTH, "works")))
                .isEmpty();
        assertThat(names(ListQuery.of(10).with(ProviderAccountList.HEALTH, "fails")))
                .isEmpty();
        assertThat(names(new ListQuery("SECOND", Map.of(), "", false, 0, 10))).containsExactly("another");
        for (var by : List.of("name", "provider", "state", "tested")) {
            assertThat(names(ListQuery.of(10).greatest(by))).as(by).hasSize(3);
        }
    }

    private Outcome add(Draft draft) {
        return providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.add(draft));
    }

    private Outcome remove(UUID id) {
        return providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.remove(id));
    }

    private void turn(UUID id, boolean on) {
        run(ProviderAccountFixture.OWNER, () -> providerAccountFixture.changes.turn(id, on));
    }

    private void run(Actor actor, Runnable work) {
        providerAccountFixture.as(actor, () -> {
            work.run();
            return true;
        });
    }

    private List<String> names(ListQuery listQuery) {
        return providerAccountFixture
                .as(ProviderAccountFixture.OWNER, () -> providerAccountFixture.list.rows(listQuery))
                .stream()
                .map(ProviderAccountList.Account::name)
                .toList();
    }

    private static Outcome invalid(Field... fields) {
        return new Outcome.Invalid(List.of(fields));
    }
}
