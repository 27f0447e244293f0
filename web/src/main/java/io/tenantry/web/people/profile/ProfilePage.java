package io.tenantry.web.people.profile;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.PasswordChange;
import io.tenantry.people.identity.PasswordPolicy;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Sessions;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.security.SessionCache;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The person's own profile: name, language, password, and active sessions. */
@Named
@ViewScoped
public class ProfilePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    PasswordChange passwordChange;

    @Inject
    Sessions sessions;

    @Inject
    ApiKeys apiKeys;

    @Inject
    SessionCache live;

    @Inject
    Language shown;

    @Inject
    HttpServletRequest request;

    @Inject
    Format format;

    private String name = "";
    private String language = "";
    private String before = "";
    private String fresh = "";
    private String repeated = "";
    private int keyCount;

    /** The sessions when the page was opened: a row's button acts on the displayed row, even if sessions have changed since. */
    private List<ActiveSession> places = List.of();

    /** A browser in which the person is signed in; its id stays on the server. */
    public record ActiveSession(UUID id, String device, String address, Instant since, Instant lastSeen, boolean isHere)
            implements Serializable {}

    @PostConstruct
    void begin() {
        name = me.getName();
        language = shown.getTag();
        places = load();
        keyCount = apiKeys.countMine();
    }

    /** Saves name and language. */
    public void save() {
        if (!name.strip().equals(person().name()) && !personAccounts.rename(name)) {
            PageResult.refuse("who:name", format.text("field.own-name"));
            return;
        }
        if (Language.isOffered(language) && !language.equals(shown.getTag())) {
            personAccounts.setLocale(Locale.forLanguageTag(language));
        }
        live.forget();
        PageResult.go(me.getProfile(), format.text("me.saved"));
    }

    /** Changes the password. */
    public void change() {
        if (!fresh.equals(repeated)) {
            PageResult.refuse("password:repeated", format.text("link.different"));
            passwordChange.violation(person(), fresh).ifPresent(this::refuse);
            return;
        }
        var outcome = passwordChange.change(person(), before, fresh, here(), request.getRemoteAddr());
        if (outcome instanceof PasswordChange.Outcome.Changed) {
            live.forget();
            PageResult.go(me.getProfile(), format.text("me.password.done"));
        } else if (outcome instanceof PasswordChange.Outcome.Wrong) {
            PageResult.refuse("password:before", format.text("me.password.wrong"));
        } else if (outcome instanceof PasswordChange.Outcome.Unacceptable unacceptable) {
            refuse(unacceptable.violation());
        } else if (outcome instanceof PasswordChange.Outcome.Throttled throttled) {
            PageResult.refuse("password:before", format.text("sign-in.throttled", format.span(throttled.retryAfter())));
        }
    }

    private void refuse(PasswordPolicy.Violation violation) {
        var why = violation.name().toLowerCase(Locale.ROOT).replace('_', '-');
        PageResult.refuse(
                "password:fresh", format.text("link." + why, PasswordPolicy.LENGTH_MIN, PasswordPolicy.LENGTH_MAX));
    }

    /** Signs the person out of all other browsers. */
    public void endOthers() {
        sessions.endOthers(here());
        live.forget();
        PageResult.go(me.getProfile(), format.text("me.sessions.done"));
    }

    /** Signs the person out of a browser. */
    public void end(ActiveSession activeSession) {
        sessions.endMine(activeSession.id());
        live.forget();
        PageResult.go(me.getProfile(), format.text("me.sessions.ended", activeSession.device()));
    }

    /** Returns how many API keys of the person work; they continue to after a change of the password. */
    public int getKeyCount() {
        return keyCount;
    }

    /** Returns the page on which the person can revoke API keys; empty if the person may not. */
    public String getKeysPage() {
        if (me.isMember()) {
            return me.getPlaces().stream().anyMatch(one -> one.allows(Permission.SETTINGS_MANAGE))
                    ? "/portal/api-keys"
                    : "";
        }
        if (me.isStaff()) {
            return me.may(Permission.STAFF_SETTINGS_MANAGE) ? "/staff/api-keys" : "";
        }
        return me.may(Permission.PLATFORM_OPERATORS_MANAGE) ? "/admin/api-keys" : "";
    }

    /** Returns the person's sessions, this browser first. */
    public List<ActiveSession> getPlaces() {
        return places;
    }

    private List<ActiveSession> load() {
        var here = here();
        return sessions.mine().stream()
                .map(row -> new ActiveSession(
                        row.id(),
                        named(Device.of(row.userAgent())),
                        row.address(),
                        row.since(),
                        row.lastSeen(),
                        row.id().equals(here)))
                .sorted((one, other) -> Boolean.compare(other.isHere(), one.isHere()))
                .toList();
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(@Nullable String language) {
        this.language = Objects.requireNonNullElse(language, "");
    }

    public String getBefore() {
        return before;
    }

    public void setBefore(@Nullable String before) {
        this.before = Objects.requireNonNullElse(before, "");
    }

    public String getFresh() {
        return fresh;
    }

    public void setFresh(@Nullable String fresh) {
        this.fresh = Objects.requireNonNullElse(fresh, "");
    }

    public String getRepeated() {
        return repeated;
    }

    public void setRepeated(@Nullable String repeated) {
        this.repeated = Objects.requireNonNullElse(repeated, "");
    }

    private String named(String device) {
        return device.isEmpty() ? format.text("me.sessions.unknown") : device;
    }

    private AuthenticatedPerson person() {
        return me.person().orElseThrow(() -> new IllegalStateException("this page requires a signed-in person"));
    }

    private UUID here() {
        return me.sessionId().orElseThrow(() -> new IllegalStateException("signed in without a session"));
    }
}
