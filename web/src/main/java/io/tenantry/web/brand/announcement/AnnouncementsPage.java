package io.tenantry.web.brand.announcement;

import io.tenantry.brand.announcement.Announcements;
import io.tenantry.brand.announcement.Announcements.Announcement;
import io.tenantry.brand.announcement.Announcements.Level;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.undo.AnnouncementSnapshot;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The creation, editing and deletion of announcements by staff. */
@Named
@ViewScoped
public class AnnouncementsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Announcements announcements;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    @Inject
    Clock clock;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String title = "";
    private String text = "";
    private Level level = Level.INFO;
    private String from = "";
    private String until = "";
    private transient @Nullable List<Announcement> all;

    /** Loads the announcement to change, if one is named. */
    public void open() {
        PageResult.load(() -> {
            all = announcements.all();
            if (parameter != null && !parameter.isEmpty()) {
                var known = announcements.one(PageResult.id("announcement", parameter));
                id = known.id();
                title = known.title();
                text = known.text();
                level = known.level();
                from = local(known.starts());
                until = known.ends().map(this::local).orElse("");
            }
        });
    }

    /** Publishes the announcement, or saves its changes. */
    public void keep() {
        var starts = moment(from);
        var ends = moment(until);
        var isFromReadable = isReadable("news:from", from, starts);
        var isUntilReadable = isReadable("news:until", until, ends);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var draft = new Announcements.Draft(Optional.ofNullable(id), title, text, level, starts.orElse(now), ends);
        if (!isFromReadable || !isUntilReadable) {
            // Whether the end is after the start is known only when both can be read.
            draft.faults().stream()
                    .filter(field -> field != Announcements.Field.END)
                    .forEach(this::refuse);
            return;
        }
        var outcome = announcements.keep(draft);
        if (outcome instanceof Announcements.Outcome.Saved saved) {
            var before = saved.before().map(AnnouncementSnapshot::of).orElse(null);
            var step =
                    new UndoAction.AnnouncementChanged(saved.now().id(), before, AnnouncementSnapshot.of(saved.now()));
            PageResult.go(
                    "/staff/announcements", format.text("announcement.kept", title.strip()), undoActions.keep(step));
        } else if (outcome instanceof Announcements.Outcome.Invalid invalid) {
            invalid.fields().forEach(this::refuse);
        }
    }

    private boolean isReadable(String field, String typed, Optional<Instant> moment) {
        if (typed.isBlank() || moment.isPresent()) {
            return true;
        }
        PageResult.refuse(
                field, format.text(DateText.local(typed).isPresent() ? "input.gap" : "announcement.moment.unreadable"));
        return false;
    }

    private void refuse(Announcements.Field field) {
        switch (field) {
            case TITLE -> PageResult.refuse("news:title", format.text("announcement.title.missing"));
            case TEXT -> PageResult.refuse("news:words", format.text("announcement.words.missing"));
            case END -> PageResult.refuse("news:until", format.text("announcement.until.before"));
        }
    }

    /** Deletes the announcement. */
    public void drop() {
        PageResult.load(() -> {
            var dropped = announcements.drop(PageResult.id("announcement", parameter));
            var step = new UndoAction.AnnouncementChanged(dropped.id(), AnnouncementSnapshot.of(dropped), null);
            PageResult.go("/staff/announcements", format.text("announcement.dropped"), undoActions.keep(step));
        });
    }

    /** Returns whether it is shown {@code now}, {@code coming} or {@code over}. */
    public String status(Announcement one) {
        var now = clock.instant();
        return one.isShown(now) ? "now" : now.isBefore(one.starts()) ? "coming" : "over";
    }

    /** Returns the tone of that state. */
    public String tone(Announcement one) {
        return switch (status(one)) {
            case "now" -> "ok";
            case "coming" -> "info";
            default -> "quiet";
        };
    }

    public List<Announcement> getAll() {
        var known = all;
        if (known == null) {
            known = announcements.all();
            all = known;
        }
        return known;
    }

    private Optional<Instant> moment(String value) {
        return DateText.local(value).flatMap(read -> DateText.at(read, format.zone()));
    }

    private String local(Instant moment) {
        return LocalDateTime.ofInstant(moment, format.zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = Objects.requireNonNullElse(title, "");
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = Objects.requireNonNullElse(text, "");
    }

    public Level getLevel() {
        return level;
    }

    public void setLevel(@Nullable Level level) {
        this.level = Objects.requireNonNullElse(level, Level.INFO);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = Objects.requireNonNullElse(until, "");
    }
}
