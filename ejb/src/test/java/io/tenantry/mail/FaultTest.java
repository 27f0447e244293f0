package io.tenantry.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such user, REFUSED",
        "552-5.2.2 full, REFUSED",
        "421 4.7.0 come again, PUT_OFF",
        "451 later, PUT_OFF",
        "530 5.7.0 who are you, UNREACHED",
        "535 5.7.8 wrong password, UNREACHED"
    })
    void isWhatTheServerSaid(String reply, Fault.Kind kind) {
        assertThat(Fault.of(new MessagingException(reply + "\n"), true)).isEqualTo(new Fault(kind, reply));
    }

    @Test
    void isFoundBehindTheFailureThatTellsNothing() {
        var beneath = new MessagingException("550 5.1.1 no such user");
        assertThat(Fault.of(new MessagingException("Invalid Addresses", beneath), false))
                .isEqualTo(new Fault(Fault.Kind.REFUSED, "550 5.1.1 no such user"));
    }

    @Test
    void namesNoHostOfOurs() {
        var failure = new MessagingException(
                "Couldn't connect to host, port: relay.internal, 25", new IOException("refused"));
        assertThat(Fault.of(failure, false)).isEqualTo(new Fault(Fault.Kind.UNREACHED, ""));
        assertThat(Fault.of(failure, true)).isEqualTo(new Fault(Fault.Kind.UNANSWERED, ""));
        assertThat(Fault.of(new MessagingException(), false)).isEqualTo(new Fault(Fault.Kind.UNREACHED, ""));
    }

    @Test
    void aPasswordThatIsRefusedIsNoJudgementOfTheMail() {
        assertThat(Fault.of(new AuthenticationFailedException("550 wrong password"), false)
                        .kind())
                .isEqualTo(Fault.Kind.UNREACHED);
    }

    @Test
    void isOneLineOfBoundedLength() {
        var fault = new Fault(Fault.Kind.PUT_OFF, "450-first\r\n450 " + "x".repeat(400));
        assertThat(fault.words()).startsWith("450-first 450 x").hasSize(300);
    }
}
