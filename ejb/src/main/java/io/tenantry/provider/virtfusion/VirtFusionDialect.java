package io.tenantry.provider.virtfusion;

import io.tenantry.outbound.Answer;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Dialect;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.VendorApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom VirtFusion wants to know, and how it refuses: a sentence or several, without a code, in one of four shapes. */
final class VirtFusionDialect implements Dialect {
    private static final Pattern SOLD_OUT =
            Pattern.compile("(?i)\\bno (.*(hypervisor|ipv4|address)|free|available)|not enough|insufficient");
    private static final Pattern LIMITED = Pattern.compile("(?i)(limit|quota|maximum).* (reached|exceeded)");
    private static final Pattern BUSY =
            Pattern.compile("(?i)in progress|pending|locked|queued|not (yet )?(built|complete)");

    @Override
    public Map<String, String> headers(Credentials credentials) {
        return Map.of("Authorization", "Bearer " + credentials.token());
    }

    @Override
    public ProviderFailure refusal(Answer answer) {
        var body = VendorApi.lenient(answer);
        var words = Stream.of("errors", "msg", "message")
                .flatMap(name -> texts(body.get(name)))
                .distinct()
                .collect(Collectors.joining("; "));
        var usual = VendorApi.usual(answer, words);
        return usual.reason() == Reason.INVALID
                ? new ProviderFailure(meant(words), String.valueOf(usual.getMessage()))
                : usual;
    }

    /** The header of the end is sent only once nothing is left. */
    @Override
    public Optional<Instant> quietUntil(Answer answer, Instant now) {
        return answer.header("x-ratelimit-reset")
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
    }

    private static Reason meant(String words) {
        if (SOLD_OUT.matcher(words).find()) {
            return Reason.NO_CAPACITY;
        }
        if (LIMITED.matcher(words).find()) {
            return Reason.LIMIT;
        }
        return BUSY.matcher(words).find() ? Reason.BUSY : Reason.INVALID;
    }

    private static Stream<String> texts(@Nullable JsonValue value) {
        if (value instanceof JsonString text) {
            return Stream.of(text.getString());
        }
        if (value instanceof JsonObject byField) {
            return byField.values().stream().flatMap(VirtFusionDialect::texts);
        }
        return value != null && value.getValueType() == JsonValue.ValueType.ARRAY
                ? value.asJsonArray().stream().flatMap(VirtFusionDialect::texts)
                : Stream.empty();
    }
}
