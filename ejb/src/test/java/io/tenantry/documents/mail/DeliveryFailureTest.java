package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryFailureTest {
    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such user, REFUSED",
        "552-5.2.2 full, REFUSED",
        "421 4.7.0 come again, DEFERRED",
        "451 later, DEFERRED",
        "530 5.7.0 who are you, UNREACHABLE",
        "535 5.7.8 wrong password, UNREACHABLE"
    })
    void classifiesTheReplyOfTheServer(String reply, DeliveryFailure.Kind kind) {
        assertThat(DeliveryFailure.of(new MessagingException(reply + "\n"), true))
                .isEqualTo(new DeliveryFailure(kind, reply));
    }

    @Test
    void findsTheReplyInANestedException() {
        var beneath = new MessagingException("550 5.1.1 no such user");
        assertThat(DeliveryFailure.of(new MessagingException("Invalid Addresses", beneath), false))
                .isEqualTo(new DeliveryFailure(DeliveryFailure.Kind.REFUSED, "550 5.1.1 no such user"));
    }

    @Test
    void hidesInternalHosts() {
        var failure = new MessagingException(
                "Couldn't connect to host, port: relay.internal, 25", new IOException("refused"));
        assertThat(DeliveryFailure.of(failure, false))
                .isEqualTo(new DeliveryFailure(DeliveryFailure.Kind.UNREACHABLE, ""));
        assertThat(DeliveryFailure.of(failure, true))
                .isEqualTo(new DeliveryFailure(DeliveryFailure.Kind.UNACKNOWLEDGED, ""));
        assertThat(DeliveryFailure.of(new MessagingException(), false))
                .isEqualTo(new DeliveryFailure(DeliveryFailure.Kind.UNREACHABLE, ""));
    }

    @Test
    void treatsRejectedCredentialsAsUnreachable() {
        assertThat(DeliveryFailure.of(new AuthenticationFailedException("550 wrong password"), false)
                        .kind())
                .isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
    }

    @Test
    void truncatesToOneLine() {
        var deliveryFailure = new DeliveryFailure(DeliveryFailure.Kind.DEFERRED, "450-first\r\n450 " + "x".repeat(400));
        assertThat(deliveryFailure.words()).startsWith("450-first 450 x").hasSize(300);
    }
}
