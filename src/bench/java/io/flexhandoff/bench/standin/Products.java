package io.flexhandoff.bench.standin;

/** Which of Twilio's products is asked. */
final class Products {

    static final String ACCOUNT = "AC" + "a".repeat(32);

    private Products() {}

    static Answer answer(State state, Asked asked) {
        String[] path = asked.parts();
        Answer answer =
                switch (path[0]) {
                    case "api" -> Voice.answer(state, asked, path);
                    case "conversations" -> Conversations.answer(state, asked, path);
                    case "taskrouter" -> TaskRouter.answer(state, asked, path);
                    default -> null;
                };
        if (answer != null) {
            return answer;
        }
        state.unknown.merge(asked.method() + " " + asked.path(), 1, Integer::sum);
        return Answer.notFound(asked);
    }
}
