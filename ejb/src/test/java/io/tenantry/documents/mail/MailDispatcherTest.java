package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import io.tenantry.server.FakeMailServer.Behavior;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handling of emails when the mail server accepts them, refuses them, is unavailable or disconnects during the transmission. */
class MailDispatcherTest {
    private static final Brand BRAND =
            Brand.of("Aurora & Söhne", Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));
    private static final Duration LONG = Duration.ofHours(3);

    private MailFixture mailFixture;

    @BeforeAll
    static void prepare() {
        MailFixture.prepare();
    }

    @BeforeEach
    void open() {
        mailFixture = new MailFixture(BRAND);
    }

    @AfterEach
    void close() {
        mailFixture.close();
    }

    @Test
    void sendsAMailOnceAndErasesTheSecretOfItsLink() {
        mailFixture.invite();
        assertThat(mailFixture.mails("variables ->> 'link'")).containsExactly(MailFixture.ORIGIN + "/link");
        mailFixture.deliver();
        mailFixture.deliverAfter(LONG);
        assertThat(mailFixture.server.taken()).singleElement().satisfies(receivedMail -> {
            assertThat(receivedMail.sender()).isEqualTo("no-reply@posted.example");
            assertThat(receivedMail.recipients()).containsExactly("olga@kiosk.example");
            assertThat(receivedMail.text()).contains("#secret");
        });
        assertThat(mailFixture.mails("state || coalesce(variables ->> 'secret', '')"))
                .containsExactly("SENT");
        assertThat(mailFixture.mails("message_id = '<' || id || '@posted.example>'"))
                .containsExactly("t");
    }

    @Test
    void sendsMailsToOperatorsInTheNameOfThePlatform() {
        mailFixture.writeToOperator(Map.of("name", "Pia", "link", "https://platform.localhost/link#secret"));
        mailFixture.deliver();
        mailFixture.deliverAfter(LONG);
        assertThat(mailFixture.server.taken()).singleElement().satisfies(receivedMail -> {
            assertThat(receivedMail.sender()).isEqualTo("no-reply@platform.localhost");
            assertThat(receivedMail.recipients()).containsExactly("pia@platform.example");
            assertThat(receivedMail.text()).contains("https://platform.localhost/link#secret");
        });
        assertThat(Database.texts("select state || coalesce(variables ->> 'secret', '') from platform.mail"
                        + " where recipient = 'pia@platform.example'"))
                .containsOnly("SENT");
        assertThat(mailFixture.mails("state")).isEmpty();
    }

    @Test
    void introducesItselfAsTheTenant() {
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(mailFixture.server.reply()).startsWith("(comes)", "EHLO posted.example");
    }

    @Test
    void givesUpAPermanentlyRejectedMailWithItsReason() {
        mailFixture.server.behave(Behavior.KNOWS_NOBODY);
        mailFixture.invite();
        mailFixture.deliver();
        mailFixture.deliverAfter(LONG);
        assertThat(connectionCount()).isEqualTo(1);
        assertThat(faults()).containsExactly("FAILED REFUSED 550 5.1.1 nobody of that name");
    }

    @Test
    void givesUpWhenTheServerRejectsTheContent() {
        mailFixture.server.behave(Behavior.DISLIKES_IT);
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(faults()).containsExactly("FAILED REFUSED 554 5.7.1 this looks like spam");
    }

    @Test
    void retriesABusyServerWithIncreasingPausesAndGivesUp() {
        mailFixture.server.behave(Behavior.IS_BUSY);
        mailFixture.invite();
        mailFixture.deliver();
        var pauses = new ArrayList<Duration>();
        while (!mailFixture.mails("state").contains("FAILED")) {
            var pause = Outbox.pauseAfter(connectionCount());
            mailFixture.deliverAfter(pause.minusSeconds(1));
            assertThat(connectionCount()).as("tried before the pause ended").isEqualTo(pauses.size() + 1);
            mailFixture.deliverAfter(Duration.ofSeconds(1));
            pauses.add(pause);
            assertThat(connectionCount()).isEqualTo(pauses.size() + 1);
        }
        assertThat(connectionCount()).isEqualTo(Outbox.ATTEMPTS_MAX);
        assertThat(pauses).isSorted().startsWith(Duration.ofSeconds(30));
        assertThat(Collections.max(pauses)).isEqualTo(Duration.ofHours(2));
        mailFixture.deliverAfter(LONG);
        assertThat(connectionCount()).isEqualTo(Outbox.ATTEMPTS_MAX);
        assertThat(faults()).containsExactly("FAILED UNREACHABLE ");
    }

    @Test
    void sendsADeferredMailOnce() {
        mailFixture.server.behave(Behavior.PUTS_OFF);
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(faults()).containsExactly("WAITING DEFERRED 451 4.3.0 later, please");
        mailFixture.server.behave(Behavior.TAKES);
        mailFixture.deliverAfter(Duration.ofSeconds(30));
        mailFixture.deliverAfter(LONG);
        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(mailFixture.mails("concat_ws(' ', state, fault_kind, fault)"))
                .containsExactly("SENT");
    }

    @Test
    void reusesTheMessageIdOfAnUnacknowledgedMail() {
        mailFixture.server.behave(Behavior.HANGS_UP);
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(faults()).containsExactly("WAITING UNACKNOWLEDGED ");
        mailFixture.server.behave(Behavior.FORGETS_TO_ANSWER);
        mailFixture.deliverAfter(Duration.ofSeconds(30));
        assertThat(faults()).containsExactly("WAITING UNACKNOWLEDGED ");
        mailFixture.server.behave(Behavior.TAKES);
        mailFixture.deliverAfter(Duration.ofMinutes(2));
        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(mailFixture.server.handedOver())
                .hasSize(3)
                .extracting(
                        receivedMail -> receivedMail.text().replaceAll("(?s).*\r\n(Message-ID: [^\r]+)\r\n.*", "$1"))
                .containsOnly("Message-ID: " + mailFixture.mails("message_id").get(0));
    }

    @Test
    void doesNotResendAnAcceptedMail() {
        mailFixture.server.behave(Behavior.SAYS_NO_GOODBYE);
        mailFixture.invite();
        mailFixture.deliver();
        mailFixture.deliverAfter(LONG);
        assertThat(connectionCount()).isEqualTo(1);
        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(mailFixture.mails("state")).containsExactly("SENT");
    }

    @Test
    void doesNotResendAfterTheDatabaseWasUnavailable() {
        mailFixture.setDatabaseUnavailable(true);
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(mailFixture.mails("state")).containsExactly("WAITING");
        mailFixture.setDatabaseUnavailable(false);
        mailFixture.deliverAfter(LONG);
        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(mailFixture.mails("state || ' ' || (message_id is not null)"))
                .containsExactly("SENT true");
    }

    @Test
    void detectsASilentServerWithOneMail() {
        mailFixture.server.behave(Behavior.IS_SILENT);
        mailFixture.invite();
        mailFixture.invite();
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(connectionCount()).isEqualTo(1);
        assertThat(mailFixture.mails("concat_ws(' ', state, attempts, fault_kind, leased_until)"))
                .containsExactly("WAITING 0", "WAITING 0", "WAITING 1 UNREACHABLE");
        mailFixture.server.behave(Behavior.TAKES);
        mailFixture.deliverAfter(Duration.ofSeconds(30));
        assertThat(mailFixture.server.taken()).hasSize(3);
    }

    @Test
    void hidesTheAddressOfAnUnreachableServer() {
        mailFixture.server.close();
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(faults()).containsExactly("WAITING UNREACHABLE ");
    }

    @Test
    void sendsNothingUnencryptedIfEncryptionIsRequired() {
        mailFixture.properties.put("mail.smtp.starttls.enable", "true");
        mailFixture.invite();
        mailFixture.deliver();
        assertThat(mailFixture.server.handedOver()).isEmpty();
        assertThat(faults()).containsExactly("WAITING UNREACHABLE ");
    }

    @Test
    void skipsMailsClaimedByAnotherNode() {
        mailFixture.invite();
        var claimed = mailFixture.claim().get(0);
        mailFixture.deliverAfter(Outbox.LEASE.minusSeconds(1));
        assertThat(connectionCount()).isZero();
        mailFixture.deliverAfter(Duration.ofMinutes(5));
        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(mailFixture.holds(claimed)).isFalse();
        mailFixture.failed(claimed, new DeliveryFailure(DeliveryFailure.Kind.UNREACHABLE, ""));
        assertThat(mailFixture.mails("state")).containsExactly("SENT");
    }

    private int connectionCount() {
        return Collections.frequency(mailFixture.server.reply(), "(comes)");
    }

    private List<String> faults() {
        return mailFixture.mails("state || ' ' || fault_kind || ' ' || fault");
    }
}
