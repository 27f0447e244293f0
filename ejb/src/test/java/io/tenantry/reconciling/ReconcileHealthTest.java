package io.tenantry.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.Access;
import io.tenantry.ledger.Ledger;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.account.Verdict;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an account works is seen by those who look at it, and staff are told when it changes. */
class ReconcileHealthTest {
    private static final String SLUG = "healths";

    private final Desk desk = Desk.of(SLUG);
    private final io.tenantry.work.Desk work = new io.tenantry.work.Desk(desk.tenant);
    private final Yard yard = new Yard();
    private final Reconcile reconcile = reconcile();
    private final Rounds rounds = new Rounds(desk.sql, new Access(desk.sql), work.items);
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void connected() {
        work.clear();
        for (var table : List.of("provider_account", "account_reading", "notification")) {
            Database.asOwner("delete from t_healths." + table);
        }
        account = desk.account("Main", "https://panel.example/api/v1", "token-1");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void anAccountThatIsReadWorksAndNobodyIsTold() {
        look();
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.WORKS);
        assertThat(told()).isEmpty();
    }

    @Test
    void staffAreToldOnceWhenItFailsAndOnceWhenItWorksAgain() {
        look();
        yard.fails(Optional.of(new ProviderFailure(Reason.CREDENTIALS, "not known: token-1")));
        look();
        look();
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.CREDENTIALS);
        assertThat(desk.look(account).words()).isEqualTo("not known: \u2026");
        assertThat(told()).containsExactly("PROVIDER_FAILS Main not known: \u2026");

        yard.fails(Optional.empty());
        look();
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.WORKS);
        assertThat(told()).containsExactly("PROVIDER_FAILS Main not known: \u2026", "PROVIDER_WORKS Main ");

        yard.fails(Optional.of(new ProviderFailure(Reason.UNREACHABLE, "no route")));
        look();
        look();
        assertThat(told()).hasSize(3).endsWith("PROVIDER_FAILS Main no route");
    }

    @Test
    void onlyThoseAreToldWhoCanDoSomething() {
        yard.fails(Optional.of(new ProviderFailure(Reason.FORBIDDEN, "may not")));
        look();
        assertThat(desk.texts("person_id || ' ' || path", "notification"))
                .containsExactly(Desk.OWNER.personId() + " provider?id=" + account);
    }

    @Test
    void aListThatBreaksOffIsAFailureToo() {
        yard.breaksOff(true);
        look();
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.NO_ANSWER);
        assertThat(told()).hasSize(1);
    }

    @Test
    void aVendorThatWantsToBeAskedLaterHasNotFailed() {
        look();
        yard.fails(Optional.of(new ProviderFailure(Reason.TOO_OFTEN, "slow down")));
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.BUSY);
        yard.fails(Optional.empty());
        look();
        assertThat(desk.look(account).verdict()).contains(Verdict.WORKS);
        assertThat(told()).isEmpty();
    }

    @Test
    void ofCredentialsThatWereReplacedMeanwhileNothingIsSaid() {
        yard.breaksOff(true);
        yard.whileReading(() ->
                desk.as(Desk.OWNER, () -> desk.changes.replace(account, "https://panel.example/api/v1", "token-2")));
        look();
        assertThat(desk.look(account).verdict()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void ofTwoNodesThatFailTogetherOneTells() {
        yard.breaksOff(true);
        yard.whileReading(() -> {
            work.letLeasesRunOut();
            look();
        });
        look();
        assertThat(told()).hasSize(1);
    }

    private void look() {
        desk.as(Desk.OWNER, rounds::begin);
        desk.clock.stopAt(desk.clock.instant().plus(Duration.ofMinutes(5)));
        work.makeDue();
        work.work(reconcile);
    }

    private List<String> told() {
        return desk.texts("kind || ' ' || subject || ' ' || detail", "notification order by id");
    }

    private Reconcile reconcile() {
        var wallets = new Wallets(desk.sql, desk.clock, new Ledger(desk.sql, desk.clock));
        var consequences = new Consequences(desk.sql, desk.clock, work.items);
        var givingBack = new GivingBack(desk.sql, wallets);
        return new Reconcile(
                new Looking(desk.sql, desk.clock, work.items, consequences, givingBack, Boundary.of(desk.tenant)),
                new Inventories(new Upstreams(List.of())) {
                    @Override
                    public Optional<Opened> open(String name) {
                        return Optional.of(new Opened(yard, words -> words.replace("token-1", "\u2026")));
                    }
                });
    }
}
