package io.tenantry.web.catalog.pricing;

import io.tenantry.text.DateText;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of the form that publishes a draft. */
public class PublishForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private String from = "";
    private String note = "";

    /**
     * Returns the instant from which the version applies; empty for now.
     *
     * @throws DateTimeException if the input is not a date
     */
    Optional<Instant> instant() {
        return from.isBlank()
                ? Optional.empty()
                : Optional.of(DateText.day(from)
                        .orElseThrow(() -> new DateTimeException("no day"))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
    }

    /** Returns the day from which the version applies, from its first instant in UTC; empty for now. */
    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }
}
