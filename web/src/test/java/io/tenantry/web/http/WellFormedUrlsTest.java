package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedUrlsTest {
    private static final String API = "http://shop.example:8080/api/v1/invoices";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/[]",
                "/a]",
                "/[/download",
                "/a|b",
                "/a^b",
                "/a`b",
                "/a\"b",
                "/<a>",
                "/{id}",
                "/a\\b",
                "/%",
                "/%zz",
                "/x?a=|",
                "/x?a=%",
                "/x?a={}",
                "/x?a=%ff",
                "/x?%ff=a",
                "/x?a=%e4",
                "/x?a=%c3&b=%a4",
                "/x?a=%c3",
                "/x?a=%ed%a0%80",
                "/x?a=%c0%80",
                "/%ff",
                "/a%c3/%a4"
            })
    void rejectsWhatIsNoUri(String path) {
        assertThat(isWellFormed(API + path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/",
                "http://shop.example:8080/portal/services?id=a&filter[state]=[]",
                "http://[::1]:8080/healthz",
                "http://under_score.example/api/v1/me",
                "https://shop.example/api/v1/invoices/%5B%5D?limit=1%7C2",
                "https://shop.example//double;p=1/~a!$&'()*+,:@",
                "http://shop.example/api/v1/vps/\u00e4",
                "http://shop.example/api/v1/vps/%c3%a4?a=%f0%9f%98%80&b=%EF%BF%BD+c&d=%00"
            })
    void passesUris(String url) {
        assertThat(isWellFormed(url)).isTrue();
    }

    private static boolean isWellFormed(String url) {
        var parts = url.split("\\?", 2);
        return WellFormedUrls.isWellFormed(parts[0], parts.length == 2 ? parts[1] : null);
    }
}
