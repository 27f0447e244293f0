package io.tenantry.web.console;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.AuditReview;
import io.tenantry.web.shell.Fmt;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.Serializable;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who did what on the platform, the newest first; and whether the record is whole. */
@Named
@ViewScoped
public class AuditTrailPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    @Inject
    AuditReview review;

    @Inject
    Fmt fmt;

    private String action = "";
    private long before = Long.MAX_VALUE;
    private transient @Nullable List<AuditTrail.Entry> entries;

    public List<AuditTrail.Entry> getEntries() {
        if (entries == null) {
            entries = review.page(
                    before, Optional.of(action).filter(wanted -> !wanted.isEmpty()), Optional.empty(), PAGE);
        }
        return entries;
    }

    /** What the record tells, in reading form: role: operator_owner, by: system. */
    public String factsOf(AuditTrail.Entry entry) {
        try (var reader = Json.createReader(new StringReader(entry.facts()))) {
            return reader.readObject().entrySet().stream()
                    .map(fact -> fact.getKey() + ": "
                            + (fact.getValue() instanceof JsonString text ? text.getString() : fact.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Whether there may be older ones. */
    public boolean isMore() {
        return getEntries().size() == PAGE;
    }

    /** Goes to the older ones. */
    public void older() {
        before = getEntries().get(getEntries().size() - 1).seq();
        entries = null;
    }

    /** Goes back to the newest. */
    public void newest() {
        before = Long.MAX_VALUE;
        entries = null;
    }

    public boolean isNewest() {
        return before == Long.MAX_VALUE;
    }

    /** Checks every record's seal. */
    public void verify() {
        review.verifyChain()
                .ifPresentOrElse(
                        fault -> Notices.refused(fmt.text("trail.broken", fault.seq(), fault.reason())),
                        () -> Notices.done(fmt.text("trail.whole")));
    }

    public String getAction() {
        return action;
    }

    public void setAction(@Nullable String action) {
        this.action = Objects.requireNonNullElse(action, "").strip();
        newest();
    }
}
