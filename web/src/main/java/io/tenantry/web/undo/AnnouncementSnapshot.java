package io.tenantry.web.undo;

import io.tenantry.brand.announcement.Announcements.Announcement;
import io.tenantry.brand.announcement.Announcements.Level;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An announcement as it may wait in a session, where nothing optional can. */
public record AnnouncementSnapshot(
        UUID id,
        String title,
        String text,
        Level level,
        Instant starts,
        @Nullable Instant ends,
        String author) implements Serializable {

    /** As it is now. */
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
