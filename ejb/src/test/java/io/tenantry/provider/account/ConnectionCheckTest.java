package io.tenantry.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.testing.Database;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionCheckTest {
    private static final String SLUG = "checks";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Desk desk = Desk.of(SLUG);
    private final Panel panel = new Panel();

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("delete from t_checks.provider_account");
        Database.asOwner("truncate t_checks.audit_record");
    }

    @AfterEach
    void close() {
        panel.close();
        desk.close();
    }

    @Test
    void credentialsThatLetUsInAreNotedWithTheVendorsWords() {
        var id = desk.account("Main", panel.address(), Panel.TOKEN);
        assertThat(check(id)).isEqualTo(Verdict.WORKS);
        assertThat(desk.look(id).verdict()).contains(Verdict.WORKS);
        assertThat(desk.look(id).words()).isEqualTo("VirtFusion at 127.0.0.1 with 2 packages");
        assertThat(desk.look(id).testedAt()).contains(Desk.NOON);
        assertThat(desk.texts("action || (facts ->> 'verdict')", "audit_record where action = 'provider.tested'"))
                .containsExactly("provider.testedWORKS");
    }

    @Test
    void wrongCredentialsAreToldAndNotRepeatedEvenIfTheVendorDoes() {
        panel.echoes();
        var id = desk.account("Main", panel.address(), "a-bad-token-4711");
        assertThat(check(id)).isEqualTo(Verdict.CREDENTIALS);
        assertThat(desk.look(id).words()).contains("401").doesNotContain("a-bad-token-4711");
        assertThat(panel.asked()).hasSize(1);
    }

    @Test
    void whoeverSaysNothingIsWaitedForNoLongerThanAPersonDoes() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var id = desk.account("Main", "http://127.0.0.1:" + silent.getLocalPort(), Panel.TOKEN);
            var began = System.nanoTime();
            assertThat(check(id, Duration.ofMillis(300))).isEqualTo(Verdict.NO_ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
            assertThat(desk.look(id).words()).startsWith("no answer within");
        }
    }

    @Test
    void anAddressWithinOurOwnNetworkIsNotEvenKnockedAt() {
        try (var guarded =
                new Desk(SLUG, AddressPolicy.PUBLIC, Map.of("tenantry.outbound.addresses", "any"), Desk.FIRST)) {
            var id = guarded.account("Inside", panel.address(), Panel.TOKEN);
            assertThat(guarded.as(Desk.OWNER, () -> guarded.connection.check(id, LONG)))
                    .isEqualTo(Verdict.UNREACHABLE);
            assertThat(guarded.look(id).words()).contains("no address that we may connect to");
            assertThat(panel.asked()).isEmpty();
        }
    }

    @Test
    void whatIsNotTheInterfaceOfTheVendorIsSaidToBeSo() {
        var id = desk.account("Main", panel.base() + "/elsewhere", Panel.TOKEN);
        assertThat(check(id)).isEqualTo(Verdict.NOT_UNDERSTOOD);
        panel.next(Fault.NONSENSE);
        var other = desk.account("Other", panel.address(), Panel.TOKEN);
        assertThat(check(other)).isEqualTo(Verdict.NOT_UNDERSTOOD);
        assertThat(check(other)).isEqualTo(Verdict.WORKS);
    }

    @Test
    void aVendorThatWantsToBeAskedLaterIsNotPressed() {
        var id = desk.account("Main", panel.address(), Panel.TOKEN);
        panel.next(Fault.MUCH_TOO_OFTEN);
        assertThat(check(id)).isEqualTo(Verdict.BUSY);
        assertThat(panel.asked()).hasSize(1);
    }

    @Test
    void anAddressThatWasChangedInTheDatabaseIsSentNothing() {
        var id = desk.account("Main", "https://panel.example/api/v1", Panel.TOKEN);
        Database.asOwner("update t_checks.provider_account set base = '" + panel.address() + "'");
        assertThat(check(id)).isEqualTo(Verdict.LOCKED);
        assertThat(panel.asked()).isEmpty();
        assertThatThrownBy(() -> desk.as(Desk.OWNER, () -> desk.accounts.open(id)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isFalse());
    }

    @Test
    void otherCredentialsAreNotJudgedByAnOlderTest() {
        var id = desk.account("Main", panel.address(), "a-bad-token-4711");
        var before = desk.as(Desk.OWNER, () -> desk.records.kept(id));
        assertThat(check(id)).isEqualTo(Verdict.CREDENTIALS);
        desk.as(Desk.OWNER, () -> desk.changes.replace(id, panel.address(), Panel.TOKEN));
        assertThat(desk.look(id).verdict()).isEmpty();
        desk.as(Desk.OWNER, () -> {
            desk.records.tested(before, Verdict.CREDENTIALS, "late");
            return true;
        });
        assertThat(desk.look(id).verdict()).isEqualTo(Optional.empty());
        assertThat(check(id)).isEqualTo(Verdict.WORKS);
    }

    @Test
    void anAccountIsOpenedOnceWhileItsCredentialsStayTheSame() {
        var id = desk.account("Main", panel.address(), Panel.TOKEN);
        var provider = desk.as(Desk.OWNER, () -> desk.accounts.open(id));
        assertThat(desk.as(Desk.OWNER, () -> desk.accounts.open(id))).isSameAs(provider);
        desk.as(Desk.OWNER, () -> desk.changes.replace(id, panel.address(), Panel.TOKEN));
        assertThat(desk.as(Desk.OWNER, () -> desk.accounts.open(id))).isNotSameAs(provider);
    }

    @Test
    void noTransactionIsOpenWhileAVendorIsAsked() {
        assertThat(ConnectionCheck.class
                        .getAnnotation(TransactionAttribute.class)
                        .value())
                .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
    }

    private Verdict check(UUID id) {
        return check(id, LONG);
    }

    private Verdict check(UUID id, Duration limit) {
        return desk.as(Desk.OWNER, () -> desk.connection.check(id, limit));
    }
}
