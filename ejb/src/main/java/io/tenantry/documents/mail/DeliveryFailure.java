package io.tenantry.documents.mail;

import io.tenantry.text.InputText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why an email was not sent.
 *
 * @param kind the kind of reason; it is translated when it is displayed
 * @param words the verbatim reply of the mail server; empty if there was none
 */
public record DeliveryFailure(Kind kind, String words) {
    private static final int WORDS_MAX = 300;

    /** A negative reply of a mail server (RFC 5321, 4.2). */
    private static final Pattern REPLY = Pattern.compile("[45]\\d\\d[ -].*", Pattern.DOTALL);

    /** The mail server requires authentication, or rejects the credentials: that does not concern the email. */
    private static final Pattern DOOR = Pattern.compile("53\\d[ -].*", Pattern.DOTALL);

    /** Kinds of reason. */
    public enum Kind {
        /** The mail server permanently rejects this particular email. */
        REFUSED,
        /** The mail server temporarily rejects it. */
        DEFERRED,
        /** No mail server was reached, or it rejected the connection. */
        UNREACHABLE,
        /** The email was transferred completely, but not acknowledged: it may have been sent. */
        UNACKNOWLEDGED,
        /** The secret of its link cannot be decrypted. */
        LOCKED,
        /** No message can be created: an address is invalid. */
        INVALID_ADDRESS,
        /** Its attachment could not be created. */
        ATTACHMENT_FAILED
    }

    /** Limits the reply to one line of bounded length. */
    public DeliveryFailure {
        words = InputText.foreignLine(words);
        words = InputText.cut(words, WORDS_MAX);
    }

    /**
     * Returns why the conversation with the mail server failed. Messages of our own programs are not included: they name hosts and ports that
     * resellers must not see.
     *
     * @param isHandedOver whether the server had the whole email by then
     */
    static DeliveryFailure of(MessagingException failure, boolean isHandedOver) {
        var reply = reply(failure);
        if (reply.isEmpty()) {
            return new DeliveryFailure(isHandedOver ? Kind.UNACKNOWLEDGED : Kind.UNREACHABLE, "");
        }
        if (failure instanceof AuthenticationFailedException
                || DOOR.matcher(reply).matches()) {
            return new DeliveryFailure(Kind.UNREACHABLE, reply);
        }
        return new DeliveryFailure(reply.startsWith("5") ? Kind.REFUSED : Kind.DEFERRED, reply);
    }

    /** Returns the server's reply; it may be in a nested exception. */
    private static String reply(MessagingException failure) {
        for (Exception each = failure; each instanceof MessagingException known; each = known.getNextException()) {
            var text = Objects.requireNonNullElse(known.getMessage(), "");
            if (REPLY.matcher(text).matches()) {
                return text;
            }
        }
        return "";
    }

    /** Whether the same email would fail permanently. */
    boolean isFinal() {
        return kind == Kind.REFUSED;
    }

    /** Whether other emails would currently fail, too. */
    boolean isOfTheServer() {
        return kind == Kind.UNREACHABLE || kind == Kind.UNACKNOWLEDGED;
    }
}
