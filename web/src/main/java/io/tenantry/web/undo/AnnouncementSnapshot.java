package io.tenantry.web.undo;

import io.tenantry.brand.announcement.Announcements.Announcement;
import io.tenantry.brand.announcement.Announcements.Level;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An announcement in a serializable form for the session, where {@code Optional} cannot be stored. */
public record AnnouncementSnapshot(
        UUID id,
        String title,
        String text,
        Level level,
        Instant starts,
        @Nullable Instant ends,
        String author) implements Serializable {

    /** Returns the snapshot of an announcement. */
    public static AnnouncementSnapshot of(Announcement one) {
        return new AnnouncementSnapshot(
                one.id(),
                one.title(),
                one.text(),
                one.level(),
                one.starts(),
                one.ends().orElse(null),
                one.author());
    }

    Announcement announcement() {
        return new Announcement(id, title, text, level, starts, Optional.ofNullable(ends), author);
    }
}
