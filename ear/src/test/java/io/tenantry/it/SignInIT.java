package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.platform.Tenants;
import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.PasswordReset;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Sign-in and the access it grants, through the server's own security, filters and pages. */
class SignInIT extends Deployments {
    private static final String PASSWORD = "orbit-teapot-nine";

    /** Creates a reseller on {@code slug.localhost} with one member of staff and one customer member, both with {@link #PASSWORD}. */
    private Customer reseller(String slug) {
        return asSystem(() -> {
            var link = ((Tenants.Outcome.Created)
                            bean(Tenants.class).create(Drafts.of(slug, "Reseller " + slug, "EUR")))
                    .link()
                    .orElseThrow();
            return Tenancy.in(new TenantId(slug), () -> {
                bean(PasswordReset.class).choose(secret(link.url()), PASSWORD);
                var created = (Organizations.Outcome.Created) bean(Organizations.class)
                        .create(new Organizations.Draft(
                                "Kiosk", "billing@kiosk.example", "DE", "Olga Owner", "olga@kiosk.example"));
                bean(PasswordLinks.class)
                        .setByTheSystem(
                                created.personId(), bean(PasswordReset.class).hash(PASSWORD));
                return new Customer(new TenantId(slug), created.organizationId(), created.personId());
            });
        });
    }

    private record Customer(TenantId tenant, UUID organization, UUID owner) {
        Browser browser() {
            return new Browser(tenant.value() + ".localhost");
        }
    }

    private static Browser.Answer signIn(Browser browser, String email, String password) {
        return browser.fill("/sign-in", "door", "enter", Map.of("email", email, "password", password));
    }

    @Test
    void signInLeadsToOwnSurfaceOnly() {
        var customer = reseller("signin-a");
        var member = customer.browser();
        assertThat(signIn(member, "olga@kiosk.example", PASSWORD).location()).isEqualTo("/portal");
        assertThat(member.get("/portal/services").status()).isEqualTo(200);
        assertThat(member.get("/staff/customers").status()).isEqualTo(403);
        assertThat(member.get("/staff/customers.xhtml").status()).isEqualTo(403);
        assertThat(member.get("/admin/tenants").status()).isEqualTo(404);
        assertThat(member.get("/sign-in").location()).isEqualTo("/portal");

        var sam = customer.browser();
        assertThat(signIn(sam, "sam@signin-a.example", PASSWORD).location()).isEqualTo("/staff");
        assertThat(sam.get("/staff/customers").status()).isEqualTo(200);
        assertThat(sam.get("/portal/services").status()).isEqualTo(403);
    }

    @Test
    void redirectsToSignInAndBackToRequestedPage() {
        var customer = reseller("signin-b");
        var browser = customer.browser();
        var away = browser.get("/portal/services?x=1");
        assertThat(away.location()).isEqualTo("/sign-in?return=%2Fportal%2Fservices%3Fx%3D1");
        var fields = Map.of("email", "olga@kiosk.example", "password", PASSWORD);
        assertThat(browser.fill(away.location(), "door", "enter", fields).location())
                .isEqualTo("/portal/services?x=1");
        var tricked = customer.browser();
        assertThat(tricked.fill("/sign-in?return=//evil.example/portal", "door", "enter", fields)
                        .location())
                .isEqualTo("/portal");
    }

    @Test
    void answersUnknownPersonAndWrongPasswordAlike() {
        var customer = reseller("signin-c");
        var wrong = signIn(customer.browser(), "olga@kiosk.example", "wrong");
        var unknown = signIn(customer.browser(), "nobody@kiosk.example", "wrong");
        assertThat(wrong.refusal()).isNotBlank().isEqualTo(unknown.refusal());
        assertThat(wrong.status()).isEqualTo(unknown.status()).isEqualTo(200);
    }

    @Test
    void replacesSessionIdAtSignIn() {
        var customer = reseller("signin-d");
        var browser = customer.browser();
        browser.get("/sign-in");
        var planted = browser.cookie("session");
        assertThat(planted).isNotBlank();
        signIn(browser, "olga@kiosk.example", PASSWORD);
        assertThat(browser.cookie("session")).isNotEqualTo(planted);
        var attacker = customer.browser();
        attacker.cookie("session", planted);
        assertThat(attacker.get("/portal/services").location()).startsWith("/sign-in");
    }

    @Test
    void rejectsSessionOnOtherHost() {
        var here = reseller("signin-e");
        var there = reseller("signin-f");
        var browser = here.browser();
        signIn(browser, "olga@kiosk.example", PASSWORD);
        var stranger = there.browser();
        stranger.cookie("session", browser.cookie("session"));
        assertThat(stranger.get("/portal/services").location()).startsWith("/sign-in");
    }

    @Test
    void endsSessionBySameOriginPostOnly() {
        var customer = reseller("signin-g");
        var browser = customer.browser();
        signIn(browser, "olga@kiosk.example", PASSWORD);
        var kept = customer.browser();
        kept.cookie("session", browser.cookie("session"));
        assertThat(browser.get("/sign-out").status()).isEqualTo(405);
        assertThat(browser.post("/sign-out", Map.of(), Map.of("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/sign-out", Map.of(), Map.of()).status()).isEqualTo(403);
        assertThat(browser.post("/portal/services/terminate", Map.of(), Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/sign-in", Map.of(), Map.of()).status()).isNotEqualTo(403);
        assertThat(browser.get("/portal/services").status()).isEqualTo(200);
        assertThat(browser.post("/sign-out", Map.of(), Map.of("Sec-Fetch-Site", "same-origin"))
                        .location())
                .isEqualTo("/sign-in");
        assertThat(kept.get("/portal/services").location()).startsWith("/sign-in");
    }

    @Test
    void endsSessionRevokedElsewhereWithinFiveSeconds() {
        var customer = reseller("signin-h");
        var browser = customer.browser();
        signIn(browser, "olga@kiosk.example", PASSWORD);
        assertThat(browser.get("/portal/services").status()).isEqualTo(200);
        long since = System.nanoTime();
        asSystem(() -> Tenancy.in(customer.tenant(), () -> {
            var second = (InvitationOutcome.Invited) bean(Members.class)
                    .invite(customer.organization(), "second@kiosk.example", "Second Owner", "owner");
            bean(PasswordLinks.class)
                    .setByTheSystem(second.personId(), bean(PasswordReset.class).hash(PASSWORD));
            assertThat(bean(PersonAccounts.class).disable(customer.owner())).isEqualTo(TeamChange.DONE);
            return true;
        }));
        while (browser.get("/portal/services").status() == 200) {
            assertThat(System.nanoTime() - since).isLessThan(TimeUnit.SECONDS.toNanos(5));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        assertThat(browser.get("/portal/services").location()).startsWith("/sign-in");
    }

    @Test
    void apiAcceptsKeysAndNoCookies() {
        var customer = reseller("signin-i");
        var browser = customer.browser();
        signIn(browser, "olga@kiosk.example", PASSWORD);
        var refused = browser.get("/api/v1/nothing");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"unauthorized\"");
        assertThat(browser.get("/api/v1/nothing", Map.of("Authorization", "Bearer tnk_x_y"))
                        .status())
                .isEqualTo(401);
        var key = as(
                new Actor(Actor.Kind.MEMBER, customer.owner(), "Olga"),
                () -> Tenancy.in(
                        customer.tenant(),
                        () -> bean(ApiKeys.class)
                                .create("deploy", customer.organization(), Set.of(Permission.VPS_VIEW), null)));
        var program = customer.browser();
        assertThat(program.get("/api/v1/nothing", Map.of("Authorization", "Bearer " + key.text()))
                        .status())
                .isEqualTo(404);
        assertThat(program.get("/portal/services", Map.of("X-API-Key", key.text()))
                        .location())
                .startsWith("/sign-in");
    }

    @Test
    void rateLimitedProgramReceivesRetryAfter() {
        var customer = reseller("signin-k");
        var key = as(
                new Actor(Actor.Kind.MEMBER, customer.owner(), "Olga"),
                () -> Tenancy.in(
                        customer.tenant(),
                        () -> bean(ApiKeys.class)
                                .create("eager", customer.organization(), Set.of(Permission.VPS_VIEW), null)));
        var program = Map.of("Authorization", "Bearer " + key.text());
        var browser = customer.browser();
        var answer = browser.get("/api/v1/health", program);
        assertThat(answer.status()).isEqualTo(200);
        for (var asked = 0; answer.status() == 200 && asked < 2_000; asked++) {
            answer = browser.get("/api/v1/health", program);
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d?");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"rate_limited\"");
    }

    @Test
    void openApiDocumentIsPublic() {
        var customer = reseller("signin-l");
        var answer = customer.browser().get("/api/v1/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"openapi\":\"3.1.0\"", "\"title\":\"Reseller signin-l\"");
        assertThat(customer.browser().get("/api/v1/openapi.jsonx").status()).isEqualTo(401);
    }

    @Test
    void invitationLinkWorksOnceAndSignsIn() {
        var customer = reseller("signin-j");
        var link = asSystem(() -> Tenancy.in(
                customer.tenant(),
                () -> ((InvitationOutcome.Invited) bean(Members.class)
                                .invite(customer.organization(), "mia@kiosk.example", "Mia Member", "member"))
                        .shown()
                        .orElseThrow()));
        var code = Map.of("secret", secret(link.url()));
        var browser = customer.browser();
        var shown = browser.fill("/link", "opening", "look", code);
        var refused =
                browser.fill(shown, "/link", "choice", "choose", Map.of("password", "short", "repeated", "short"));
        assertThat(refused.body()).containsPattern("choice:password_error\"[^>]*>Use at least 10 characters\\.");
        var named = Map.of("password", "Tenantry-2026!", "repeated", "Tenantry-2026!");
        refused = browser.fill(refused, "/link", "choice", "choose", named);
        assertThat(refused.body())
                .containsPattern("choice:password_error\"[^>]*>This password is too easy to guess: it consists of");
        var fresh = Map.of("password", "a-brand-new-one", "repeated", "a-brand-new-one");
        assertThat(browser.fill(refused, "/link", "choice", "choose", fresh).location())
                .isEqualTo("/portal");
        assertThat(browser.get("/portal/services").status()).isEqualTo(200);
        assertThat(customer.browser().fill("/link", "opening", "look", code).body())
                .contains("This link no longer works")
                .doesNotContain("choice:password");
    }

    private static String secret(String url) {
        return url.substring(url.indexOf('#') + 1);
    }

    private static <T> T asSystem(Supplier<T> work) {
        return as(Actor.system("test"), work);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return work.get();
        }
    }
}
