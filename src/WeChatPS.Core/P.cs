namespace WeChatPS; internal static class Placeholder;
