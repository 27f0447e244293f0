package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The transfer of a server by months in UTC. For the month in progress, Linode reports only outbound transfer (inbound is free), in one call;
 * the call that reports both covers the last 30 days if it is made for that month, so it is used only for the month before. Earlier months do
 * not change any longer.
 */
record Transfers(ProviderHttp api, Instances instances) {
    List<Traffic> of(String serverId, Instant now) {
        var month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        var traffic = new ArrayList<Traffic>();
        traffic.add(traffic(month, 0, read(serverId, "").big("used")));
        var born = instances.known(serverId).createdAt();
        if (born.filter(at -> !at.isBefore(start(month))).isEmpty()) {
            var before = month.minusMonths(1);
            var closed = read(serverId, "/" + before.getYear() + "/" + before.getMonthValue());
            traffic.add(traffic(before, closed.big("bytes_in"), closed.big("bytes_out")));
        }
        return traffic;
    }

    private JsonFields read(String serverId, String when) {
        return new JsonFields(api.get(LinodeIds.server(serverId) + "/transfer" + when));
    }

    private static Traffic traffic(YearMonth month, long inBytes, long outBytes) {
        return new Traffic(start(month), start(month.plusMonths(1)), inBytes, outBytes);
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
