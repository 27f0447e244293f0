package io.tenantry.web.staff;

import io.tenantry.brand.storefront.Incidents;
import io.tenantry.brand.storefront.Incidents.Impact;
import io.tenantry.brand.storefront.Incidents.Incident;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The incidents on the status page, and their management by staff: a new incident, an update of a current one, its end. */
@Named
@ViewScoped
public class IncidentsPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration SHOWN = Duration.ofDays(90);
    private static final String HERE = "/staff/incidents";

    @Inject
    CurrentPerson me;

    @Inject
    Incidents incidents;

    @Inject
    Clock clock;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private String title = "";
    private Impact impact = Impact.DEGRADED;
    private @Nullable String region;
    private String began = "";
    private String note = "";
    private String more = "";
    private transient @Nullable List<Incident> all;

    /** Checks that the user may change services: support is the first to know of problems. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_SERVICES_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_SERVICES_MANAGE);
            }
        });
    }

    /** Publishes an incident. */
    public void report() {
        var from = began();
        if (from == null) {
            PageResult.refuse(
                    "tell:began",
                    format.text(DateText.local(began).isPresent() ? "input.gap" : "incidents.fault.moment"));
            refuse(incidents.faults(title, impact, Optional.ofNullable(region), clock.instant(), note));
            return;
        }
        var outcome = incidents.report(title, impact, Optional.ofNullable(region), from, note);
        if (outcome instanceof Incidents.Outcome.Invalid invalid) {
            refuse(invalid.fields());
        } else {
            PageResult.go(HERE, format.text("incidents.reported"));
        }
    }

    private void refuse(List<Incidents.Field> fields) {
        for (var field : fields) {
            var part = field.name().toLowerCase(Locale.ROOT);
            PageResult.refuse("tell:" + part, format.text("incidents.fault." + part));
        }
    }

    /** Adds an update to a current incident. */
    public void add(UUID id) {
        resolve(id, false);
    }

    /** Ends an incident. */
    public void end(UUID id) {
        resolve(id, true);
    }

    private void resolve(UUID id, boolean over) {
        var outcome = incidents.add(id, more, over);
        if (outcome instanceof Incidents.Outcome.Invalid invalid) {
            var upcoming = invalid.fields().contains(Incidents.Field.BEGAN);
            PageResult.refuse(format.text(upcoming ? "incidents.fault.not-started" : "incidents.fault.note"));
        } else if (over && outcome instanceof Incidents.Outcome.Done done) {
            PageResult.go(
                    HERE,
                    format.text("incidents.reported"),
                    undoActions.keep(new UndoAction.IncidentResolved(done.id(), done.at())));
        } else {
            PageResult.go(HERE, format.text("incidents.reported"));
        }
    }

    /** Returns all incidents, the latest first. */
    public List<Incident> getAll() {
        var known = all;
        if (known == null) {
            known = incidents.since(clock.instant().minus(SHOWN));
            all = known;
        }
        return known;
    }

    public List<Impact> getImpacts() {
        return List.of(Impact.values());
    }

    private @Nullable Instant began() {
        if (began.isBlank()) {
            return clock.instant();
        }
        return DateText.local(began)
                .flatMap(moment -> DateText.at(moment, format.zone()))
                .orElse(null);
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = Objects.requireNonNullElse(title, "");
    }

    public Impact getImpact() {
        return impact;
    }

    public void setImpact(Impact impact) {
        this.impact = impact;
    }

    public @Nullable String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = region;
    }

    public String getBegan() {
        return began;
    }

    public void setBegan(@Nullable String began) {
        this.began = Objects.requireNonNullElse(began, "");
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }

    public String getMore() {
        return more;
    }

    /** Sets the update of the incident whose form was sent; the fields of the others are not sent. */
    public void setMore(@Nullable String more) {
        this.more = Objects.requireNonNullElse(more, "");
    }
}
