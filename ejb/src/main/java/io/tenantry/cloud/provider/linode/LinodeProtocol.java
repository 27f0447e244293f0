package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.BearerProtocol;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Authentication and refusals of Linode. Nearly all refusals have status 400, so only their message distinguishes them. */
final class LinodeProtocol extends BearerProtocol {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TIMEOUT = 408;

    /**
     * A limit from this value on is the general one; smaller limits are those of single operations, such as 200 lists per minute or 20
     * creations in 15 seconds, and do not prevent other requests.
     */
    private static final int GENERAL_LIMIT_MIN = 400;

    /** Linode's limits are per minute; a later time is due to a wrong clock. */
    private static final Duration QUIET_MAX = Duration.ofMinutes(3);

    private record ErrorPattern(Pattern words, Reason reason) {
        static ErrorPattern of(String words, Reason reason) {
            return new ErrorPattern(Pattern.compile(words, Pattern.CASE_INSENSITIVE), reason);
        }
    }

    private static final List<ErrorPattern> MEANINGS = List.of(
            ErrorPattern.of("outstanding balance|account (is|has been) suspended|must be activated", Reason.FORBIDDEN),
            ErrorPattern.of("account limit|limit on your account|reached a limit|limit reached", Reason.LIMIT),
            ErrorPattern.of("no open slots|capacity|sold out|not available in|unavailable in", Reason.NO_CAPACITY),
            // A label conflict means that an earlier creation succeeded: the next attempt looks it up first.
            ErrorPattern.of("label must be unique", Reason.BUSY),
            ErrorPattern.of("\\bbusy\\b|in progress|already booted", Reason.BUSY),
            ErrorPattern.of("must be (powered off|shut ?down|offline|detached|active)\\b", Reason.BUSY));

    private static final Pattern SCOPE = Pattern.compile("not authorized to use this", Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now) {
        var spent = number(httpAnswer, "x-ratelimit-remaining").filter(left -> left == 0);
        var general = number(httpAnswer, "x-ratelimit-limit").filter(limit -> limit >= GENERAL_LIMIT_MIN);
        if (spent.isEmpty() || general.isEmpty()) {
            return Optional.empty();
        }
        return number(httpAnswer, "x-ratelimit-reset")
                .map(Instant::ofEpochSecond)
                .filter(until -> until.isAfter(now) && until.isBefore(now.plus(QUIET_MAX)));
    }

    @Override
    protected Optional<Reason> meant(int status, Reason defaultReason, String words) {
        return switch (status) {
            case BAD_REQUEST ->
                MEANINGS.stream()
                        .filter(errorPattern ->
                                errorPattern.words().matcher(words).find())
                        .map(ErrorPattern::reason)
                        .findFirst();
            // The token is valid but lacks the scope.
            case UNAUTHORIZED ->
                Optional.of(Reason.FORBIDDEN)
                        .filter(reason -> SCOPE.matcher(words).find());
            // "Please try again", reported after an internal timeout of the provider.
            case TIMEOUT -> Optional.of(Reason.PROVIDER_ERROR);
            default -> Optional.empty();
        };
    }

    @Override
    protected String words(JsonFields body) {
        return body.each("errors").stream()
                .map(error ->
                        error.maybeText("field").map(field -> field + ": ").orElse("")
                                + error.maybeText("reason").orElse(""))
                .collect(Collectors.joining("; "));
    }
}
