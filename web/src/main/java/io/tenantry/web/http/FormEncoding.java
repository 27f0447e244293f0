package io.tenantry.web.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The percent sequences of a form. The container drops a parameter that it cannot decode and logs what the client sent, so such a form is
 * found before the container reads it.
 */
final class FormEncoding {
    private static final AttachmentKey<Boolean> UNDECODABLE = AttachmentKey.create(Boolean.class);
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final int DIGITS = 2;

    private int digitsMissing;
    private boolean isBroken;

    /** Marks the request if the bytes read of its body are a form that cannot be decoded. */
    static void check(HttpServerExchange exchange, PooledByteBuffer[] read, boolean isWhole) {
        var type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
            return;
        }
        var encoding = new FormEncoding();
        for (var buffer : read) {
            encoding.read(buffer.getBuffer());
        }
        if (!encoding.isDecodable(isWhole)) {
            exchange.putAttachment(UNDECODABLE, true);
        }
    }

    /** Whether the body of the request was found to be a form that cannot be decoded. */
    static boolean isUndecodable(HttpServerExchange exchange) {
        return exchange.getAttachment(UNDECODABLE) != null;
    }

    /** Inspects the remaining bytes, which stay in the buffer. */
    void read(ByteBuffer bytes) {
        for (var at = bytes.position(); at < bytes.limit() && !isBroken; at++) {
            var found = bytes.get(at);
            if (digitsMissing > 0) {
                isBroken = !isHexDigit(found);
                digitsMissing--;
            } else if (found == '%') {
                digitsMissing = DIGITS;
            }
        }
    }

    /**
     * Whether what was read can be decoded.
     *
     * @param isWhole whether nothing follows, which could complete the last sequence
     */
    boolean isDecodable(boolean isWhole) {
        return !isBroken && !(isWhole && digitsMissing > 0);
    }

    private static boolean isHexDigit(byte found) {
        return (found >= '0' && found <= '9') || (found >= 'a' && found <= 'f') || (found >= 'A' && found <= 'F');
    }
}
