package io.tenantry.cloud.provider.virtfusion;

import io.tenantry.cloud.provider.BearerProtocol;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Authentication and refusals of VirtFusion: one or more sentences without a code, in one of four formats. */
final class VirtFusionProtocol extends BearerProtocol {
    private static final Pattern SOLD_OUT =
            Pattern.compile("(?i)\\bno (.{0,200}(hypervisor|ipv4|address)|free|available)|not enough|insufficient");
    private static final Pattern LIMITED = Pattern.compile("(?i)(limit|quota|maximum).{0,200} (reached|exceeded)");
    private static final Pattern BUSY =
            Pattern.compile("(?i)in progress|pending|locked|queued|not (yet )?(built|complete)");

    @Override
    protected String words(JsonFields body) {
        return Stream.of("errors", "msg", "message")
                .flatMap(name -> texts(body.object().get(name)))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    @Override
    protected Optional<Reason> meant(int status, Reason defaultReason, String words) {
        return defaultReason == Reason.INVALID ? Optional.of(meant(words)) : Optional.empty();
    }

    /** The header with the time is sent only once the limit is reached. */
    @Override
    public Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now) {
        return number(httpAnswer, "x-ratelimit-reset").map(Instant::ofEpochSecond);
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
            return byField.values().stream().flatMap(VirtFusionProtocol::texts);
        }
        return value != null && value.getValueType() == JsonValue.ValueType.ARRAY
                ? value.asJsonArray().stream().flatMap(VirtFusionProtocol::texts)
                : Stream.empty();
    }
}
