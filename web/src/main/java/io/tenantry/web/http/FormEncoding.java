package io.tenantry.web.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The percent sequences and characters of a form. The container drops a parameter that it cannot decode and logs what the client sent, and
 * replaces bytes that are no UTF-8, so such a form is found before the container reads it.
 */
final class FormEncoding {
    private static final AttachmentKey<FormEncoding> OF_REQUEST = AttachmentKey.create(FormEncoding.class);
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final int DIGITS = 2;
    private static final int HEX = 16;
    private static final int BYTE = 0xff;

    private final @Nullable Utf8Check characters;
    private int digitsMissing;
    private int value;
    private boolean isBroken;
    private boolean isPassedOn;

    /**
     * Creates the state at the beginning of a form.
     *
     * @param isUtf8 whether its characters are UTF-8; a client may declare another encoding
     */
    FormEncoding(boolean isUtf8) {
        this.characters = isUtf8 ? new Utf8Check() : null;
    }

    /** Inspects the body of a request while it is read, if it is a form. */
    static void inspect(HttpServerExchange exchange) {
        var type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
            return;
        }
        var charset = Headers.extractQuotedValueFromHeader(type, "charset");
        var encoding = new FormEncoding(charset == null || charset.equalsIgnoreCase(StandardCharsets.UTF_8.name()));
        exchange.putAttachment(OF_REQUEST, encoding);
        exchange.addRequestWrapper((factory, asked) -> new FormConduit(factory.create(), encoding));
    }

    /** Lets reading fail as soon as the form is found to be undecodable: from now on, the container reads what was not inspected before. */
    static void passOn(HttpServerExchange exchange) {
        var encoding = exchange.getAttachment(OF_REQUEST);
        if (encoding != null) {
            encoding.isPassedOn = true;
        }
    }

    /** Whether the body of the request was found to be a form that cannot be decoded. */
    static boolean isUndecodable(HttpServerExchange exchange) {
        var encoding = exchange.getAttachment(OF_REQUEST);
        return encoding != null && !encoding.isDecodable();
    }

    /** Inspects the remaining bytes, which stay in the buffer. */
    void read(ByteBuffer bytes) {
        for (var at = bytes.position(); at < bytes.limit() && !isBroken; at++) {
            read(bytes.get(at));
        }
    }

    private void read(byte found) {
        if (digitsMissing > 0) {
            var digit = Character.digit((char) (found & BYTE), HEX);
            isBroken = digit < 0;
            value = value * HEX + digit;
            digitsMissing--;
            if (digitsMissing == 0 && !isBroken) {
                character(value);
            }
        } else if (found == '%') {
            digitsMissing = DIGITS;
            value = 0;
        } else {
            character(found & BYTE);
        }
    }

    private void character(int octet) {
        isBroken = characters != null && !characters.accepts(octet);
    }

    /** Records that nothing follows, which could complete the last sequence. */
    void end() {
        isBroken |= digitsMissing > 0 || (characters != null && !characters.isComplete());
    }

    /** Whether the container, not {@link BodyReading}, reads now. */
    boolean isPassedOn() {
        return isPassedOn;
    }

    /** Whether what was read can be decoded. */
    boolean isDecodable() {
        return !isBroken;
    }
}
