package io.tenantry.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;

/**
 * A customer's operations on a provider's server: reverse DNS, another name and a note, the lock that prevents termination, a resize, and a
 * rebuild. An API client may do the same, within the customer's rights.
 */
final class OperatingStory {
    /** The provider is slow, and so is a busy machine. */
    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(90_000);

    private static final PageVariant DESK = new PageVariant("en", "light", 1280);

    private OperatingStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("operate-a");
        var plans = BrowserTestSetup.sold("operate-a");
        try (var olga = chromium.visitor("operate-a.localhost");
                var sam = chromium.visitor("operate-a.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            var service = comesUp(olga, plans.id("toy"));
            isNamed(olga, service);
            isSet(olga, service);
            isLocked(olga, service);
            isReachedByPrograms(service, BrowserTestSetup.key("operate-a", made));
            grows(olga, service);
            isRebuilt(olga, service);
            sam.signIn("sam@operate-a.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            isSeenByStaff(sam, service);
            olga.assertNoComplaints();
            sam.assertNoComplaints();
        }
    }

    private static String comesUp(Visitor olga, String plan) {
        var page = olga.page();
        olga.open("/portal/order?step=review&plan=" + plan + "&region=fra1");
        olga.id("order:name").fill("toy-1");
        olga.id("order:do").click();
        page.waitForURL("**/portal/service?id=*");
        assertThat(page.locator("#service-state")).containsText("active", PATIENTLY);
        return page.url().replaceAll(".*id=", "").replaceAll("[^0-9a-f-].*", "");
    }

    private static void isNamed(Visitor olga, String service) {
        olga.open("/portal/service-network?id=" + service);
        isInOrder(olga);
        var name = olga.id("names:each:0:hostname");
        name.fill("no name");
        olga.id("names:each:0:do").click();
        assertThat(olga.id("names:each:0:hostname_error")).containsText("Enter a full hostname");
        olga.fits();
        name.fill("mail.kiosk.example");
        olga.id("names:each:0:do").click();
        olga.awaitMessage("is being set.");
        assertThat(olga.page().locator("#address-0 .copyable").last()).containsText("mail.kiosk.example", PATIENTLY);
    }

    private static void isSet(Visitor olga, String service) {
        olga.open("/portal/service-settings?id=" + service);
        isInOrder(olga);
        olga.id("rename:name").fill("no good name!");
        olga.id("rename:do").click();
        assertThat(olga.id("rename:name_error")).containsText("1 to 63 letters");
        olga.fits();
        olga.id("rename:name").fill("toy-2");
        olga.id("rename:do").click();
        olga.awaitMessage("Server renamed.");
        assertThat(olga.page().locator("h1")).hasText("toy-2");
        olga.id("notes:note").fill("Ask **Olga** <script>first</script>");
        olga.id("notes:do").click();
        olga.awaitMessage("Note saved.");
        assertThat(olga.page().locator(".prose strong")).hasText("Olga");
        assertThat(olga.page().locator(".prose script")).hasCount(0);
    }

    private static void isLocked(Visitor olga, String service) {
        olga.id("lock:on").click();
        olga.awaitMessage("Delete protection enabled.");
        var unused = olga.submit("/portal/services/terminate", "id=" + service + "&confirmed=1");
        olga.open("/portal/services?locked=toy-2");
        olga.awaitText("No servers were deleted: toy-2 has delete protection enabled.");
        olga.open("/portal/service?id=" + service);
        assertThat(olga.page().locator("#service-state")).containsText("active");
        assertThat(olga.page().locator("#service-state")).containsText("protected");
        assertThat(olga.page().locator("[data-opens='end']")).hasCount(0);
        assertThat(olga.page().locator(".timeline")).containsText("Delete protection enabled");
    }

    private static void isReachedByPrograms(String service, String key) {
        var path = "/api/v1/vps/" + service;
        var heads = "Authorization: Bearer " + key + "\r\nContent-Type: application/json\r\n";
        try (var program = new Reader("operate-a.localhost", "en")) {
            var locked = program.send("DELETE", path, heads, "");
            assertThat(locked.status()).as(locked.text()).isEqualTo(409);
            assertThat(locked.body()).contains("\"code\":\"locked\"", "toy-2 is locked");
            var kept = program.post(
                    path + "/rebuild", heads + "Idempotency-Key: while-locked\r\n", "{\"name\":\"toy-2\"}");
            assertThat(kept.status()).as(kept.text()).isEqualTo(409);
            assertThat(kept.body()).contains("\"code\":\"locked\"");
            assertThat(program.get(path, heads).body()).contains("\"state\":\"active\"");
            var unlocked = program.post(path + "/lock", heads, "{\"locked\":false}");
            assertThat(unlocked.status()).as(unlocked.text()).isEqualTo(200);
            assertThat(unlocked.body()).contains("\"locked\":false", "\"name\":\"toy-2\"");
            assertThat(program.post(path + "/lock", heads, "{}").status()).isEqualTo(422);
            assertThat(program.post(path + "/resize", heads, "{\"plan_id\":\"00000000-0000-4000-8000-000000000000\"}")
                            .status())
                    .as("without a key of its own")
                    .isEqualTo(400);
            var once = heads + "Idempotency-Key: other-name\r\n";
            var refused = program.post(path + "/rebuild", once, "{\"name\":\"toy-1\"}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            var foreign = "/api/v1/vps/00000000-0000-4000-8000-000000000000/lock";
            assertThat(program.post(foreign, heads, "{\"locked\":true}").status())
                    .isEqualTo(404);
        }
    }

    private static void grows(Visitor olga, String service) {
        olga.open("/portal/service-settings?id=" + service);
        var page = olga.page();
        assertThat(option(olga, "Toy").locator("input")).isDisabled();
        assertThat(option(olga, "Large")).containsText("resized to this plan in its location");
        option(olga, "Giant").click();
        olga.id("plans:do").click();
        olga.confirm("Change the plan of");
        olga.awaitMessage("The server is being resized.");
        assertThat(option(olga, "Giant")).containsText("current plan", PATIENTLY);
        assertThat(option(olga, "Giant").locator("input")).isDisabled();
        olga.open("/portal/service?id=" + service);
        assertThat(page.locator("#service-part")).containsText("Plan changed", PATIENTLY);
        assertThat(page.locator(".head")).containsText("Giant", PATIENTLY);
    }

    private static void isRebuilt(Visitor olga, String service) {
        var page = olga.page();
        olga.open("/portal/service-rebuild?id=" + service);
        isInOrder(olga);
        page.locator("button[value=confirm]").click();
        page.waitForURL("**step=confirm**");
        assertThat(olga.id("rebuild:do")).isDisabled();
        isInOrder(olga);
        olga.id("rebuild:typed").fill("toy-2");
        olga.id("rebuild:do").click();
        page.waitForURL("**/portal/service?id=*");
        olga.awaitMessage("toy-2 is being reinstalled.");
        assertThat(page.locator("#service-part")).containsText("Reinstalled", PATIENTLY);
    }

    private static void isSeenByStaff(Visitor sam, String service) {
        for (var page : new String[] {"service-network", "service-settings", "service-rebuild"}) {
            sam.open("/staff/" + page + "?id=" + service);
            isInOrder(sam);
            sam.fits();
        }
        sam.open("/staff/service?id=" + service);
        sam.awaitText("Resize, attempt 1: done");
    }

    private static Locator option(Visitor olga, String plan) {
        return olga.page().locator("label.option").filter(new Locator.FilterOptions().setHasText(plan));
    }

    /** Inspects the current page. */
    private static void isInOrder(Visitor somebody) {
        assertThat(Inspection.of(somebody.page(), DESK)).isEmpty();
    }
}
