package io.inferwatt.core.energy.graphics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.hardware.GpuStats;
import oshi.hardware.GraphicsCard;
import oshi.nativefree.SystemInfo;
import oshi.util.linux.SysPath;

/** The cards that OSHI lists; the only class here that needs it, so that its absence fails here and nowhere else. */
final class OshiCards {

    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]{4}");

    private OshiCards() {}

    /** Returns whether OSHI looks at this tree; its root is fixed when its class is loaded. */
    static boolean looksAt(Path sysRoot) {
        return Path.of(SysPath.SYS)
                .toAbsolutePath()
                .normalize()
                .equals(sysRoot.toAbsolutePath().normalize());
    }

    /** Lists the cards; starts {@code lspci}, or {@code lshw} where that is missing. */
    static List<CardPower> list() {
        SystemInfo system = new SystemInfo();
        return system.isAvailable() ? of(system.getHardware().getGraphicsCards()) : List.of();
    }

    static List<CardPower> of(List<GraphicsCard> listed) {
        List<CardPower> cards = new ArrayList<>();
        for (GraphicsCard card : listed) {
            GpuStats stats = card.createStatsSession();
            String ids = number(card.getVendor()) + ":" + number(card.getDeviceId());
            cards.add(new CardPower(card.getName(), ids, stats::getPowerDraw));
        }
        return cards;
    }

    /** OSHI writes a vendor as {@code Name (0x1002)} and a device as {@code 0x744c}. */
    private static String number(String text) {
        Matcher matcher = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.find() ? matcher.group() : "";
    }
}
