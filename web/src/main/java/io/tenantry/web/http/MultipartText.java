package io.tenantry.web.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The fields of a multipart form (RFC 7578): their texts and the headers of all parts must be UTF-8. Files may contain anything. A field in an
 * encoding for mail transfer, which no browser sends and which would hide its characters, is not accepted; nor is one that declares another
 * character set checked.
 */
final class MultipartText implements BodyText {
    private static final int BYTE = 0xff;

    /** The maximum length of the headers that are looked at; what is longer belongs to no field of ours. */
    private static final int HEADERS_MAX = 8_192;

    private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

    private enum Place {
        /** Before the first boundary, or in a part that is not checked. */
        SKIPPED,
        /** In the text of a field. */
        TEXT,
        /** After a boundary, on its line. */
        BOUNDARY,
        HEADERS,
        /** After the last boundary. */
        END
    }

    private final byte[] delimiter;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder headers = new StringBuilder();
    private Place place = Place.SKIPPED;

    /** The number of bytes that match the delimiter; the line break before the first one is optional. */
    private int matched = 2;

    private Utf8Check characters = new Utf8Check();

    MultipartText(String boundary) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean accepts(byte next) {
        return switch (place) {
            case SKIPPED, TEXT -> isContent(next);
            case BOUNDARY -> isBoundary(next);
            case HEADERS -> isHeader(next);
            case END -> true;
        };
    }

    /** Only the first byte of the delimiter is a carriage return, so a failed match cannot contain the beginning of another. */
    private boolean isContent(byte next) {
        if (next == delimiter[matched]) {
            matched++;
            if (matched < delimiter.length) {
                return true;
            }
            matched = 0;
            line.setLength(0);
            var isWhole = place == Place.SKIPPED || characters.isComplete();
            place = Place.BOUNDARY;
            return isWhole;
        }
        var isBroken = false;
        if (place == Place.TEXT) {
            for (var index = 0; index < matched; index++) {
                isBroken |= !characters.accepts(delimiter[index]);
            }
        }
        matched = next == delimiter[0] ? 1 : 0;
        return !isBroken && (matched > 0 || place == Place.SKIPPED || characters.accepts(next & BYTE));
    }

    private boolean isBoundary(byte next) {
        if (line.length() < 2) {
            line.append((char) (next & BYTE));
        }
        if (line.toString().equals("--")) {
            place = Place.END;
        } else if (next == '\n') {
            place = Place.HEADERS;
            line.setLength(0);
            headers.setLength(0);
            characters = new Utf8Check();
        }
        return true;
    }

    private boolean isHeader(byte next) {
        if (!characters.accepts(next & BYTE)) {
            return false;
        }
        if (next != '\n') {
            if (next != '\r' && line.length() < HEADERS_MAX) {
                line.append((char) (next & BYTE));
            }
            return true;
        }
        if (line.length() > 0) {
            if (headers.length() < HEADERS_MAX) {
                headers.append(line).append('\n');
            }
            line.setLength(0);
            return true;
        }
        return isPart(headers.toString().toLowerCase(Locale.ROOT));
    }

    private boolean isPart(String written) {
        var isFile = false;
        var isOtherCharset = false;
        var isEncoded = false;
        for (var header : written.lines().toList()) {
            var colon = header.indexOf(':');
            var value = header.substring(colon + 1);
            switch (header.substring(0, Math.max(colon, 0)).strip()) {
                case "content-disposition" ->
                    isFile |= HeaderParameters.of(value).stream()
                            .anyMatch(parameter -> parameter.name().matches("filename\\*?"));
                case "content-type" ->
                    isOtherCharset |= HeaderParameters.of(value).stream()
                            .anyMatch(parameter -> parameter.name().equals("charset")
                                    && !UTF_8.contains(parameter.value().strip()));
                case "content-transfer-encoding" -> isEncoded |= !isPlain(value.strip());
                default -> {
                    // Others do not change what the part is.
                }
            }
        }
        place = isFile || isOtherCharset ? Place.SKIPPED : Place.TEXT;
        matched = 0;
        return isFile || !isEncoded;
    }

    private static boolean isPlain(String encoding) {
        return encoding.isEmpty() || PLAIN.contains(encoding.split("[^a-z0-9]", 2)[0]);
    }

    @Override
    public boolean isComplete() {
        return place != Place.TEXT || characters.isComplete();
    }
}
