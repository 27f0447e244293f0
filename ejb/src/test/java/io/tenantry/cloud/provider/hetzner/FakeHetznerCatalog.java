package io.tenantry.cloud.provider.hetzner;

import static io.tenantry.cloud.provider.hetzner.FakeHetzner.json;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The range sold by {@link FakeHetzner}. */
final class FakeHetznerCatalog {
    static final List<JsonObject> LOCATIONS = List.of(
            json("{'name':'fsn1','description':'Falkenstein DC Park 1','country':'DE'}"),
            json("{'name':'ash','description':'Ashburn, VA','country':'US'}"));

    static final List<JsonObject> TYPES = List.of(
            type("cx22", "x86", 2, 4, 40, "'deprecation':null"),
            type("cx32", "x86", 4, 8, 80, "'deprecation':null"),
            type("cx11", "x86", 1, 2, 20, "'deprecation':null"),
            type("cpx1", "x86", 1, 2, 40, "'deprecation':{'announced':'2026-01-01T00:00:00Z'}"),
            type("cax11", "arm", 2, 4, 40, "'deprecation':null"));

    static final List<JsonObject> IMAGES = List.of(
            image("debian-12", "Debian 12", "debian", "x86", "null"),
            image("debian-12", "Debian 12", "debian", "arm", "null"),
            image("centos-7", "CentOS 7", "centos", "x86", "'2026-06-30T00:00:00Z'"));

    private FakeHetznerCatalog() {}

    private static JsonObject type(String name, String kind, int cores, int memory, int disk, String deprecation) {
        return json("{'name':'" + name + "','description':'" + name.toUpperCase(Locale.ROOT)
                + "','architecture':'" + kind + "','cpu_type':'shared','cores':" + cores + ",'memory':" + memory
                + ",'disk':" + disk + ",'locations':[{'name':'fsn1'," + deprecation + "},{'name':'ash'," + deprecation
                + "}],'prices':[" + price("fsn1", 21_990_232_555_520L, "0.0060000000", "3.7900000000") + ","
                + price("ash", 1_099_511_627_776L, "0.0074000000", "4.5900000000") + "]}");
    }

    private static String price(String place, long bytes, String hourly, String monthly) {
        return "{'location':'" + place + "','included_traffic':" + bytes + ",'price_hourly':{'net':'" + hourly
                + "','gross':'9'},'price_monthly':{'net':'" + monthly + "','gross':'9'}}";
    }

    private static JsonObject image(String name, String words, String family, String kind, String deprecated) {
        return json("{'name':'" + name + "','description':'" + words + "','os_flavor':'" + family + "','architecture':'"
                + kind + "','disk_size':5,'deprecated':" + deprecated + "}");
    }
}
