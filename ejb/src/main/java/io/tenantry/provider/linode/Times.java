package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Linode's times: UTC without saying so, though its contract promises a zone. */
final class Times {
    private Times() {}

    static Optional<Instant> maybe(Fields thing, String name) {
        return thing.maybeText(name).map(text -> instant(name, text));
    }

    private static Instant instant(String name, String text) {
        try {
            var time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException noTime) {
            throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "field " + name + " is no time", Optional.empty(), noTime);
        }
    }
}
