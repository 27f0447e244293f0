package io.tenantry.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.listing.Wish;
import io.tenantry.outbound.AddressPolicy;
import io.tenantry.provider.account.ProviderAccounts.Draft;
import io.tenantry.provider.account.ProviderAccounts.Field;
import io.tenantry.provider.account.ProviderAccounts.Outcome;
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

    private final Desk desk = Desk.of(SLUG);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
        Database.asOwner("create table t_connects.uses (account uuid constraint uses_fk references"
                + " t_connects.provider_account (id))");
        Database.asOwner("grant select on t_connects.uses to tn_connects");
    }

    @BeforeEach
    void empty() {
        Database.asOwner("delete from t_connects.uses");
        Database.asOwner("delete from t_connects.provider_account");
        Database.asOwner("truncate t_connects.audit_record");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatLetsUsInIsSealedAndNowhereToBeRead() {
        var id = desk.account("Main", PANEL + "/", TOKEN);
        desk.as(Desk.OWNER, () -> desk.changes.replace(id, PANEL, TOKEN + "-2"));
        assertThat(desk.texts("p::text", "provider_account p"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("v1.first.", PANEL).doesNotContain(TOKEN));
        assertThat(desk.texts("a::text", "audit_record a")).hasSize(2).noneMatch(row -> row.contains(TOKEN));
        assertThat(desk.look(id).toString()).doesNotContain(TOKEN).doesNotContain("v1.");
        assertThat(desk.texts("key_id", "provider_account")).containsExactly("first");
        assertThat(FINE.toString() + Door.of(PANEL, TOKEN)).doesNotContain(TOKEN);
    }

    @Test
    void auditorsMayNotReadAccounts() {
        assertThat(Database.texts(
                        "select has_table_privilege('tenantry_auditor', 't_connects.provider_account', 'select')"))
                .containsExactly("f");
    }

    @Test
    void tellsEveryFieldThatIsWrong() {
        assertThat(add(new Draft(" ", "nobody", "", ""))).isEqualTo(invalid(Field.NAME, Field.VENDOR));
        assertThat(add(new Draft("x".repeat(81), "virtfusion", "ftp://panel.example", "two words")))
                .isEqualTo(invalid(Field.NAME, Field.BASE, Field.TOKEN));
        assertThat(desk.texts("id", "provider_account")).isEmpty();
    }

    @Test
    void anAddressIsForVendorsWithPanelsAlone() {
        assertThat(add(new Draft("A", "virtfusion", "", TOKEN))).isEqualTo(invalid(Field.BASE));
        assertThat(add(new Draft("B", "linode", PANEL, TOKEN))).isEqualTo(invalid(Field.BASE));
        for (var base : List.of("https://", "https://u:p@panel.example", "https://panel.example?a=b", "https:// x")) {
            assertThat(add(new Draft("C", "virtfusion", base, TOKEN))).as(base).isEqualTo(invalid(Field.BASE));
        }
        assertThat(add(new Draft("D", "linode", "", TOKEN))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aTokenIsNotSentInTheClear() {
        try (var strict = new Desk(SLUG, AddressPolicy.PUBLIC, Map.of(), Desk.FIRST)) {
            var plain = new Draft("A", "virtfusion", "http://panel.example", TOKEN);
            assertThat(strict.as(Desk.OWNER, () -> strict.changes.add(plain))).isEqualTo(invalid(Field.BASE));
        }
    }

    @Test
    void aNameIsTakenOnceHoweverItIsSpelled() {
        var id = desk.account("Main", PANEL, TOKEN);
        assertThat(add(new Draft(" mAIN ", "linode", "", TOKEN))).isEqualTo(invalid(Field.NAME));
        assertThat(desk.as(Desk.OWNER, () -> desk.changes.rename(id, "MAIN"))).isEqualTo(new Outcome.Done(id));
        assertThat(desk.look(id).name()).isEqualTo("MAIN");
        var other = desk.account("Other", PANEL, TOKEN);
        assertThat(desk.as(Desk.OWNER, () -> desk.changes.rename(other, "Main")))
                .isEqualTo(invalid(Field.NAME));
    }

    @Test
    void withoutAKeyNothingIsConnected() {
        try (var keyless = new Desk(SLUG, AddressPolicy.ANY, Map.of())) {
            assertThat(keyless.as(Desk.OWNER, () -> keyless.changes.add(FINE))).isEqualTo(new Outcome.Locked());
            assertThat(keyless.changes.isReady()).isFalse();
        }
    }

    @Test
    void whatIsOnlyToTryThingsWithIsOfferedInTheDemoAlone() {
        var sandbox = new Draft("Toy", "sandbox", "", TOKEN);
        assertThat(add(sandbox)).isEqualTo(invalid(Field.VENDOR));
        assertThat(desk.as(Actor.system("test"), () -> desk.changes.add(sandbox)))
                .isInstanceOf(Outcome.Done.class);
        try (var demo = new Desk(SLUG, AddressPolicy.ANY, Map.of("tenantry.demo", "true"), Desk.FIRST)) {
            assertThat(demo.as(Desk.OWNER, () -> demo.changes.vendors.offered()))
                    .extracting(Vendors.Choice::name)
                    .containsExactly("Linode", "Sandbox", "VirtFusion");
        }
    }

    @Test
    void whatIsSwitchedOffIsStillThere() {
        var id = desk.account("Main", PANEL, TOKEN);
        turn(id, false);
        turn(id, false);
        assertThat(desk.look(id).state()).isEqualTo(AccountList.State.OFF);
        assertThat(desk.as(Desk.OWNER, () -> desk.accounts.open(id))).isNotNull();
        turn(id, true);
        assertThat(desk.look(id).state()).isEqualTo(AccountList.State.ON);
        assertThat(desk.texts("action", "audit_record order by seq"))
                .containsExactly("provider.added", "provider.switched_off", "provider.switched_on");
    }

    @Test
    void whatIsUsedCannotBeRemoved() {
        var id = desk.account("Main", PANEL, TOKEN);
        Database.asOwner("insert into t_connects.uses values ('" + id + "')");
        assertThat(desk.look(id).used()).isTrue();
        assertThat(remove(id)).isEqualTo(new Outcome.InUse());
        Database.asOwner("delete from t_connects.uses");
        assertThat(desk.look(id).used()).isFalse();
        assertThat(remove(id)).isEqualTo(new Outcome.Done(id));
        assertThat(desk.texts("id", "provider_account")).isEmpty();
        assertThatThrownBy(() -> remove(id)).isInstanceOf(NotVisible.class);
    }

    @Test
    void whoMayOnlyLookChangesNothing() {
        var id = desk.account("Main", PANEL, TOKEN);
        assertThat(desk.as(Desk.SUPPORT, () -> desk.list.find(Wish.of(10))).total())
                .isEqualTo(1);
        for (var change : List.<Runnable>of(
                () -> desk.changes.add(FINE),
                () -> desk.changes.rename(id, "x"),
                () -> desk.changes.replace(id, PANEL, TOKEN),
                () -> desk.changes.turn(id, false),
                () -> desk.changes.remove(id),
                () -> desk.connection.check(id))) {
            assertThatThrownBy(() -> run(Desk.SUPPORT, change)).isInstanceOf(AccessDenied.class);
        }
        var stranger = new Actor(Actor.Kind.STAFF, new UUID(7, 7), "Nobody");
        assertThatThrownBy(() -> run(stranger, () -> desk.list.one(id))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> run(stranger, () -> desk.list.rows(Wish.of(1))))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void listsAreSearchedNarrowedAndSorted() {
        desk.account("Main", PANEL, TOKEN);
        desk.account("another", "https://second.example/api/v1", TOKEN);
        add(new Draft("Cloud", "linode", "", TOKEN));
        assertThat(names(Wish.of(10))).containsExactly("another", "Cloud", "Main");
        assertThat(names(Wish.of(10).with(AccountList.VENDOR, "linode"))).containsExactly("Cloud");
        assertThat(names(Wish.of(10).with(AccountList.HEALTH, "untested"))).hasSize(3);
        assertThat(names(Wish.of(10).with(AccountList.HEALTH, "works"))).isEmpty();
        assertThat(names(Wish.of(10).with(AccountList.HEALTH, "fails"))).isEmpty();
        assertThat(names(new Wish("SECOND", Map.of(), "", false, 0, 10))).containsExactly("another");
        for (var by : List.of("name", "vendor", "state", "tested")) {
            assertThat(names(Wish.of(10).greatest(by))).as(by).hasSize(3);
        }
    }

    private Outcome add(Draft draft) {
        return desk.as(Desk.OWNER, () -> desk.changes.add(draft));
    }

    private Outcome remove(UUID id) {
        return desk.as(Desk.OWNER, () -> desk.changes.remove(id));
    }

    private void turn(UUID id, boolean on) {
        run(Desk.OWNER, () -> desk.changes.turn(id, on));
    }

    private void run(Actor actor, Runnable work) {
        desk.as(actor, () -> {
            work.run();
            return true;
        });
    }

    private List<String> names(Wish wish) {
        return desk.as(Desk.OWNER, () -> desk.list.rows(wish)).stream()
                .map(AccountList.Account::name)
                .toList();
    }

    private static Outcome invalid(Field... fields) {
        return new Outcome.Invalid(List.of(fields));
    }
}
