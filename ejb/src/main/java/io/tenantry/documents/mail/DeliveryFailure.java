package io.tenantry.documents.mail;

import io.tenantry.text.InputText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why a mail did not go out.
 *
 * @param kind the sort of reason; it is put in words when it is read
 * @param words what the mail server said, as it said it; empty if it said nothing
 */
public record DeliveryFailure(Kind kind, String words) {
    private static final int WORDS_MAX = 300;

    /** A reply of a mail server that is not a yes (RFC 5321, 4.2). */
    private static final Pattern REPLY = Pattern.compile("[45]\\d\\d[ -].*", Pattern.DOTALL);

    /** The mail server asks for a name and password, or for other ones: that is no judgement of the mail. */
    private static final Pattern DOOR = Pattern.compile("53\\d[ -].*", Pattern.DOTALL);

    /** Sorts of reason. */
    public enum Kind {
        /** The mail server refuses this very mail and would do so again. */
        REFUSED,
        /** The mail server does not take it now. */
        PUT_OFF,
        /** No mail server was reached, or it did not let us in. */
        UNREACHED,
        /** The whole mail was handed over, but no answer came: it may have gone out. */
        UNANSWERED,
        /** The secret of its link cannot be read. */
        LOCKED,
        /** No message can be made of it: an address is none. */
        UNWRITTEN,
        /** What is to go with it could not be made. */
        UNPRINTED
    }

    /** One line of bounded length. */
    public DeliveryFailure {
        words = InputText.foreignLine(words);
        words = InputText.cut(words, WORDS_MAX);
    }

    /**
     * Why the conversation with the mail server failed. Of our own programs' words none is kept: they tell of hosts and ports that are
     * no reseller's business.
     *
     * @param isHandedOver whether the server had the whole mail by then
     */
    static DeliveryFailure of(MessagingException failure, boolean isHandedOver) {
        var reply = reply(failure);
        if (reply.isEmpty()) {
            return new DeliveryFailure(isHandedOver ? Kind.UNANSWERED : Kind.UNREACHED, "");
        }
        if (failure instanceof AuthenticationFailedException
                || DOOR.matcher(reply).matches()) {
            return new DeliveryFailure(Kind.UNREACHED, reply);
        }
        return new DeliveryFailure(reply.startsWith("5") ? Kind.REFUSED : Kind.PUT_OFF, reply);
    }

    /** What the server said; it may be told by a failure behind the failure. */
    private static String reply(MessagingException failure) {
        for (Exception each = failure; each instanceof MessagingException known; each = known.getNextException()) {
            var text = Objects.requireNonNullElse(known.getMessage(), "");
            if (REPLY.matcher(text).matches()) {
                return text;
            }
        }
        return "";
    }

    /** Whether the same mail would meet the same fault for ever. */
    boolean isFinal() {
        return kind == Kind.REFUSED;
    }

    /** Whether other mails would meet it too, now. */
    boolean isOfTheServer() {
        return kind == Kind.UNREACHED || kind == Kind.UNANSWERED;
    }
}
