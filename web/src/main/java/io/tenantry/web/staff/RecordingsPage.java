package io.tenantry.web.staff;

import io.tenantry.cloud.recording.Recordings;
import io.tenantry.cloud.recording.Recordings.Line;
import io.tenantry.cloud.recording.Recordings.Policy;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The recordings of consoles: whether consoles are recorded, the existing recordings, and replaying one. */
@Named
@RequestScoped
public class RecordingsPage {
    private static final String PATH = "/staff/recordings";

    @Inject
    CurrentPerson me;

    @Inject
    Recordings recordings;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable Integer days;
    private @Nullable Policy policy;
    private @Nullable List<Line> lines;

    /** Loads the recordings, if the user may view them. */
    public void open() {
        PageResult.load(() -> days = getPolicy().keepDays());
    }

    public Policy getPolicy() {
        var known = policy;
        if (known == null) {
            known = recordings.policy();
            policy = known;
        }
        return known;
    }

    public List<Line> getLines() {
        var known = lines;
        if (known == null) {
            known = recordings.latest();
            lines = known;
        }
        return known;
    }

    /** Returns the recording to replay; empty for none. */
    public String getChosen() {
        return QueryParameters.id(parameter).map(UUID::toString).orElse("");
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Starts to record the consoles that are opened from now on. */
    public void record() {
        change(true, "recordings.on.done");
    }

    /** Stops recording consoles. */
    public void stop() {
        change(false, "recordings.off.done");
    }

    private void change(boolean isOn, String done) {
        switch (recordings.change(new Policy(isOn, Objects.requireNonNullElse(days, 0)))) {
            case DONE -> PageResult.go(PATH, format.text(done));
            case BAD_DAYS -> PageResult.refuse("policy:days", format.text("recordings.days.invalid"));
            case NO_KEY -> PageResult.refuse(format.text("recordings.no-key"));
        }
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable Integer getDays() {
        return days;
    }

    public void setDays(@Nullable Integer days) {
        this.days = days;
    }
}
