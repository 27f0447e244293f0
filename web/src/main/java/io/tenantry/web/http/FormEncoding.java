package io.tenantry.web.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a form, plain or multipart. The container drops a parameter that it cannot decode and logs what the client sent, and replaces
 * bytes that are no UTF-8, so such a form is found before the container reads it.
 */
final class FormEncoding {
    private static final AttachmentKey<FormEncoding> OF_REQUEST = AttachmentKey.create(FormEncoding.class);
    private static final String PLAIN = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    /** The container's own reader of parameters fails for one without a value. */
    private static final Pattern CHARSET = parameter("charset");

    private static final Pattern EMPTY_CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*(?=;|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern BOUNDARY = parameter("boundary");

    private final BodyText text;
    private boolean isBroken;
    private boolean isPassedOn;

    FormEncoding(BodyText text) {
        this.text = text;
    }

    /** Inspects the body of a request while it is read, if it is a form. */
    static void inspect(HttpServerExchange exchange) {
        var type = withoutEmptyCharset(exchange.getRequestHeaders());
        var text = type == null ? null : textOf(type);
        if (text != null) {
            var encoding = new FormEncoding(text);
            exchange.putAttachment(OF_REQUEST, encoding);
            exchange.addRequestWrapper((factory, asked) -> new FormConduit(factory.create(), encoding));
        }
    }

    /** Removes a character set without a name, at which the container fails in whatever reads a parameter, its error pages as well. */
    private static @Nullable String withoutEmptyCharset(HeaderMap headers) {
        var type = headers.getFirst(Headers.CONTENT_TYPE);
        if (type == null || !EMPTY_CHARSET.matcher(type).find()) {
            return type;
        }
        var plain = EMPTY_CHARSET.matcher(type).replaceAll("");
        headers.put(Headers.CONTENT_TYPE, plain);
        return plain;
    }

    private static @Nullable BodyText textOf(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        var charset = value(CHARSET, type);
        var isUtf8 = charset == null || charset.equalsIgnoreCase(StandardCharsets.UTF_8.name());
        if (lower.startsWith(PLAIN)) {
            return new PercentText(isUtf8);
        }
        var boundary = value(BOUNDARY, type);
        return lower.startsWith(MULTIPART) && isUtf8 && boundary != null ? new MultipartText(boundary) : null;
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(";\\s*" + name + "\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);
    }

    private static @Nullable String value(Pattern parameter, String type) {
        var found = parameter.matcher(type);
        if (!found.find()) {
            return null;
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
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
            isBroken = !text.accepts(bytes.get(at));
        }
    }

    /** Records that nothing follows, which could complete the last sequence. */
    void end() {
        isBroken |= !text.isComplete();
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
