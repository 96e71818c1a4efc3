package io.inferwatt.it.demo;

import java.util.List;
import java.util.Random;

/** Texts of a few words up to some hundred, as a search service would see them: questions, titles and paragraphs. */
public final class Corpus {

    private static final List<String> SENTENCES = List.of(
            "How do I reset my password?",
            "Cheap flights to Busan in October",
            "The parcel arrived two days late and the box was wet.",
            "Which of these laptops runs longest on one charge?",
            "Our office is closed on public holidays.",
            "A kettle needs about a tenth of a kilowatt hour to boil a litre of water.",
            "The river rose overnight, and by morning the lower fields stood under water.",
            "Add the onions first and let them turn golden before the garlic goes in.",
            "She repaired old clocks in a shop no wider than its own front door.",
            "An invoice is due thirty days after the goods were received, unless agreed otherwise.",
            "The train to the coast leaves from platform nine at a quarter past seven.",
            "Wind turbines stand still in calm weather, so the grid keeps other plants ready.",
            "Children under six travel free when an adult holds a valid ticket.",
            "The patient reported a mild headache that went away without treatment.",
            "Most of the heat of a data centre leaves through its roof.",
            "He practised the same four bars until the neighbours could hum them.",
            "The contract ends on its own unless one side renews it in writing.",
            "Rain is expected in the north, with sunny spells in the afternoon.",
            "To descale the machine, fill the tank with equal parts of vinegar and water.",
            "Two of the three witnesses remembered a red car, the third a brown van.",
            "The library lends tools as well: drills, saws and a very long ladder.",
            "If the light blinks twice, the battery is low; if it stays dark, hold the button longer.",
            "Bees find their way home by the sun, even when it is behind clouds.",
            "The museum keeps its oldest maps in the dark and shows copies to visitors.");

    private static final int MOST_SENTENCES = 8;

    private Corpus() {}

    /** Returns a text: one sentence half of the time, else up to {@value #MOST_SENTENCES} of them. */
    public static String text(Random random) {
        int sentences = random.nextBoolean() ? 1 : 2 + random.nextInt(MOST_SENTENCES - 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(i == 0 ? "" : " ").append(SENTENCES.get(random.nextInt(SENTENCES.size())));
        }
        return text.toString();
    }
}
