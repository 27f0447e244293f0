package io.tenantry.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import io.tenantry.server.MailServer.Manner;
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

/** What becomes of mails when the mail server takes them, refuses them, is away or breaks off in the middle. */
class PostOfficeTest {
    private static final Brand BRAND =
            Brand.of("Aurora & Söhne", Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));
    private static final Duration LONG = Duration.ofHours(3);

    private Office office;

    @BeforeAll
    static void prepare() {
        Office.prepare();
    }

    @BeforeEach
    void open() {
        office = new Office(BRAND);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void sendsAMailOnceAndForgetsTheSecretOfItsLink() {
        office.invite();
        assertThat(office.mails("variables ->> 'link'")).containsExactly(Office.ORIGIN + "/link");
        office.round();
        office.roundAfter(LONG);
        assertThat(office.server.taken()).singleElement().satisfies(letter -> {
            assertThat(letter.sender()).isEqualTo("no-reply@posted.example");
            assertThat(letter.recipients()).containsExactly("olga@kiosk.example");
            assertThat(letter.text()).contains("#secret");
        });
        assertThat(office.mails("state || coalesce(variables ->> 'secret', '')"))
                .containsExactly("SENT");
        assertThat(office.mails("message_id = '<' || id || '@posted.example>'")).containsExactly("t");
    }

    @Test
    void sendsMailToOperatorsInThePlatformsName() {
        office.writeToOperator(Map.of("name", "Pia", "link", "https://platform.localhost/link#secret"));
        office.round();
        office.roundAfter(LONG);
        assertThat(office.server.taken()).singleElement().satisfies(letter -> {
            assertThat(letter.sender()).isEqualTo("no-reply@platform.localhost");
            assertThat(letter.recipients()).containsExactly("pia@platform.example");
            assertThat(letter.text()).contains("https://platform.localhost/link#secret");
        });
        assertThat(Database.texts("select state || coalesce(variables ->> 'secret', '') from platform.mail"
                        + " where recipient = 'pia@platform.example'"))
                .containsOnly("SENT");
        assertThat(office.mails("state")).isEmpty();
    }

    @Test
    void comesAsTheTenantAndNotAsThisMachine() {
        office.invite();
        office.round();
        assertThat(office.server.said()).startsWith("(comes)", "EHLO posted.example");
    }

    @Test
    void givesUpAtOnceAMailThatIsRefusedForGoodAndSaysWhy() {
        office.server.behave(Manner.KNOWS_NOBODY);
        office.invite();
        office.round();
        office.roundAfter(LONG);
        assertThat(visits()).isEqualTo(1);
        assertThat(reasons()).containsExactly("FAILED REFUSED 550 5.1.1 nobody of that name");
    }

    @Test
    void doesTheSameWhenTheServerDislikesWhatItRead() {
        office.server.behave(Manner.DISLIKES_IT);
        office.invite();
        office.round();
        assertThat(reasons()).containsExactly("FAILED REFUSED 554 5.7.1 this looks like spam");
    }

    @Test
    void asksABusyServerAgainAfterLongerAndLongerPausesAndGivesUpAtLast() {
        office.server.behave(Manner.IS_BUSY);
        office.invite();
        office.round();
        var pauses = new ArrayList<Duration>();
        while (!office.mails("state").contains("FAILED")) {
            var pause = Outbox.pauseAfter(visits());
            office.roundAfter(pause.minusSeconds(1));
            assertThat(visits()).as("asked before the pause was over").isEqualTo(pauses.size() + 1);
            office.roundAfter(Duration.ofSeconds(1));
            pauses.add(pause);
            assertThat(visits()).isEqualTo(pauses.size() + 1);
        }
        assertThat(visits()).isEqualTo(Outbox.ATTEMPTS_MAX);
        assertThat(pauses).isSorted().startsWith(Duration.ofSeconds(30));
        assertThat(Collections.max(pauses)).isEqualTo(Duration.ofHours(2));
        office.roundAfter(LONG);
        assertThat(visits()).isEqualTo(Outbox.ATTEMPTS_MAX);
        assertThat(reasons()).containsExactly("FAILED UNREACHED ");
    }

    @Test
    void sendsOnceWhatWasPutOff() {
        office.server.behave(Manner.PUTS_OFF);
        office.invite();
        office.round();
        assertThat(reasons()).containsExactly("WAITING PUT_OFF 451 4.3.0 later, please");
        office.server.behave(Manner.TAKES);
        office.roundAfter(Duration.ofSeconds(30));
        office.roundAfter(LONG);
        assertThat(office.server.taken()).hasSize(1);
        assertThat(office.mails("concat_ws(' ', state, fault_kind, fault)")).containsExactly("SENT");
    }

    @Test
    void sendsUnderTheSameNameWhatMayHaveGoneOut() {
        office.server.behave(Manner.HANGS_UP);
        office.invite();
        office.round();
        assertThat(reasons()).containsExactly("WAITING UNANSWERED ");
        office.server.behave(Manner.FORGETS_TO_ANSWER);
        office.roundAfter(Duration.ofSeconds(30));
        assertThat(reasons()).containsExactly("WAITING UNANSWERED ");
        office.server.behave(Manner.TAKES);
        office.roundAfter(Duration.ofMinutes(2));
        assertThat(office.server.taken()).hasSize(1);
        assertThat(office.server.handedOver())
                .hasSize(3)
                .extracting(letter -> letter.text().replaceAll("(?s).*\r\n(Message-ID: [^\r]+)\r\n.*", "$1"))
                .containsOnly("Message-ID: " + office.mails("message_id").get(0));
    }

    @Test
    void sendsNothingTwiceThatWasTaken() {
        office.server.behave(Manner.SAYS_NO_GOODBYE);
        office.invite();
        office.round();
        office.roundAfter(LONG);
        assertThat(visits()).isEqualTo(1);
        assertThat(office.server.taken()).hasSize(1);
        assertThat(office.mails("state")).containsExactly("SENT");
    }

    @Test
    void sendsNothingTwiceBecauseTheDatabaseWasAwayWhenItWasTaken() {
        office.databaseIsAway(true);
        office.invite();
        office.round();
        assertThat(office.mails("state")).containsExactly("WAITING");
        office.databaseIsAway(false);
        office.roundAfter(LONG);
        assertThat(office.server.taken()).hasSize(1);
        assertThat(office.mails("state || ' ' || (message_id is not null)")).containsExactly("SENT true");
    }

    @Test
    void findsOutByOneMailThatTheServerIsSilent() {
        office.server.behave(Manner.IS_SILENT);
        office.invite();
        office.invite();
        office.invite();
        office.round();
        assertThat(visits()).isEqualTo(1);
        assertThat(office.mails("concat_ws(' ', state, attempts, fault_kind, leased_until)"))
                .containsExactly("WAITING 0", "WAITING 0", "WAITING 1 UNREACHED");
        office.server.behave(Manner.TAKES);
        office.roundAfter(Duration.ofSeconds(30));
        assertThat(office.server.taken()).hasSize(3);
    }

    @Test
    void tellsNobodyWhereAServerIsThatCannotBeReached() {
        office.server.close();
        office.invite();
        office.round();
        assertThat(reasons()).containsExactly("WAITING UNREACHED ");
    }

    @Test
    void sendsNothingInTheClearWhereEncryptionWasAskedFor() {
        office.properties.put("mail.smtp.starttls.enable", "true");
        office.invite();
        office.round();
        assertThat(office.server.handedOver()).isEmpty();
        assertThat(reasons()).containsExactly("WAITING UNREACHED ");
    }

    @Test
    void leavesToAnotherNodeWhatThatHasTakenOver() {
        office.invite();
        var claimed = office.claim().get(0);
        office.roundAfter(Outbox.LEASE.minusSeconds(1));
        assertThat(visits()).isZero();
        office.roundAfter(Duration.ofMinutes(5));
        assertThat(office.server.taken()).hasSize(1);
        assertThat(office.holds(claimed)).isFalse();
        office.failed(claimed, new Fault(Fault.Kind.UNREACHED, ""));
        assertThat(office.mails("state")).containsExactly("SENT");
    }

    private int visits() {
        return Collections.frequency(office.server.said(), "(comes)");
    }

    private List<String> reasons() {
        return office.mails("state || ' ' || fault_kind || ' ' || fault");
    }
}
