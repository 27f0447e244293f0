package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.BearerProtocol;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Authentication and refusals of DigitalOcean. Its status is unspecific: sold out, limit reached, busy and invalid are all 422 (a few limits
 * are 403), so the message decides; otherwise the status has its usual meaning.
 */
final class DigitalOceanProtocol extends BearerProtocol {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private static final Pattern LIMIT = Pattern.compile("\\blimit\\b|currently restricted");
    private static final Pattern NO_CAPACITY =
            Pattern.compile("\\bsize\\b.{0,200}(not available|unavailable)|region is not available|too large to fit");
    private static final Pattern BUSY = Pattern.compile(
            "pending event|currently (on|off)\\b|power(ed)? (it )?(on|off)\\b|droplet is (currently )?locked");

    @Override
    protected String words(JsonFields body) {
        return body.object().getString("message", "");
    }

    /**
     * The hourly requests are restored one by one from {@code ratelimit-reset} on. The limit per minute is reported by {@code retry-after}
     * alone: the other headers then still refer to the hour, and would cause too long a wait.
     */
    @Override
    public Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now) {
        var retryAfter = number(httpAnswer, "retry-after");
        if (httpAnswer.status() == TOO_MANY && retryAfter.isPresent()) {
            return retryAfter.map(now::plusSeconds);
        }
        var usedUp = number(httpAnswer, "ratelimit-remaining")
                .map(left -> left == 0)
                .orElse(httpAnswer.status() == TOO_MANY);
        return usedUp ? number(httpAnswer, "ratelimit-reset").map(Instant::ofEpochSecond) : Optional.empty();
    }

    @Override
    protected Optional<Reason> meant(int status, Reason defaultReason, String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        return switch (status) {
            case FORBIDDEN ->
                Optional.of(Reason.LIMIT).filter(limit -> LIMIT.matcher(lower).find());
            case BAD_REQUEST, CONFLICT, UNPROCESSABLE -> byWords(lower);
            default -> Optional.empty();
        };
    }

    private static Optional<Reason> byWords(String words) {
        if (LIMIT.matcher(words).find()) {
            return Optional.of(Reason.LIMIT);
        }
        if (NO_CAPACITY.matcher(words).find()) {
            return Optional.of(Reason.NO_CAPACITY);
        }
        return BUSY.matcher(words).find() ? Optional.of(Reason.BUSY) : Optional.empty();
    }
}
