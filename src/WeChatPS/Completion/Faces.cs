namespace WeChatPS;

/// <summary>A WeChat emoji.</summary>
/// <param name="Code">The text between the brackets.</param>
/// <param name="Name">The English name.</param>
internal readonly record struct Face(string Code, string Name);

/// <summary>The WeChat emoji that a text can contain by code: <c>[微笑]</c>. In WeChat's order.</summary>
internal static class Faces
{
    public static readonly Face[] All =
    [
        new("微笑", "Smile"), new("撇嘴", "Grimace"), new("色", "Drool"), new("发呆", "Scowl"), new("得意", "CoolGuy"), new("流泪", "Sob"),
        new("害羞", "Shy"), new("闭嘴", "Silent"), new("睡", "Sleep"), new("大哭", "Cry"), new("尴尬", "Awkward"), new("发怒", "Angry"),
        new("调皮", "Tongue"), new("呲牙", "Grin"), new("惊讶", "Surprise"), new("难过", "Frown"), new("酷", "Ruthless"), new("冷汗", "Blush"),
        new("抓狂", "Scream"), new("吐", "Puke"), new("偷笑", "Chuckle"), new("愉快", "Joyful"), new("白眼", "Slight"), new("傲慢", "Smug"),
        new("饥饿", "Hungry"), new("困", "Drowsy"), new("惊恐", "Panic"), new("流汗", "Sweat"), new("憨笑", "Laugh"), new("悠闲", "Commando"),
        new("奋斗", "Determined"), new("咒骂", "Scold"), new("疑问", "Shocked"), new("嘘", "Shhh"), new("晕", "Dizzy"), new("疯了", "Tormented"),
        new("衰", "Toasted"), new("骷髅", "Skull"), new("敲打", "Hammer"), new("再见", "Wave"), new("擦汗", "Speechless"), new("抠鼻", "NosePick"),
        new("鼓掌", "Clap"), new("糗大了", "Shame"), new("坏笑", "Trick"), new("左哼哼", "BahL"), new("右哼哼", "BahR"), new("哈欠", "Yawn"),
        new("鄙视", "PoohPooh"), new("委屈", "Shrunken"), new("快哭了", "TearingUp"), new("阴险", "Sly"), new("亲亲", "Kiss"), new("吓", "Wrath"),
        new("可怜", "Whimper"), new("菜刀", "Cleaver"), new("西瓜", "Watermelon"), new("啤酒", "Beer"), new("篮球", "Basketball"),
        new("乒乓", "PingPong"), new("咖啡", "Coffee"), new("饭", "Rice"), new("猪头", "Pig"), new("玫瑰", "Rose"), new("凋谢", "Wilt"),
        new("嘴唇", "Lips"), new("爱心", "Heart"), new("心碎", "BrokenHeart"), new("蛋糕", "Cake"), new("闪电", "Lightning"), new("炸弹", "Bomb"),
        new("刀", "Dagger"), new("足球", "Soccer"), new("瓢虫", "Ladybug"), new("便便", "Poop"), new("月亮", "Moon"), new("太阳", "Sun"),
        new("礼物", "Gift"), new("拥抱", "Hug"), new("强", "ThumbsUp"), new("弱", "ThumbsDown"), new("握手", "Shake"), new("胜利", "Peace"),
        new("抱拳", "Fight"), new("勾引", "Beckon"), new("拳头", "Fist"), new("差劲", "Pinky"), new("爱你", "RockOn"), new("NO", "NuhUh"),
        new("OK", "OK"), new("爱情", "InLove"), new("飞吻", "Blowkiss"), new("跳跳", "Waddle"), new("发抖", "Tremble"), new("怄火", "Aaagh"),
        new("转圈", "Twirl"), new("磕头", "Kotow"), new("回头", "Dramatic"), new("跳绳", "JumpRope"), new("投降", "Surrender"), new("激动", "Hooray"),
        new("乱舞", "Meditate"), new("献吻", "Smooch"), new("左太极", "TaiChiL"), new("右太极", "TaiChiR"), new("嘿哈", "Hey"), new("捂脸", "Facepalm"),
        new("奸笑", "Smirk"), new("机智", "Smart"), new("皱眉", "Moue"), new("耶", "Yeah"), new("茶", "Tea"), new("红包", "Packet"),
        new("蜡烛", "Candle"), new("福", "Blessing"), new("鸡", "Chick"), new("吃瓜", "Onlooker"), new("加油", "GoForIt"), new("汗", "Sweats"),
        new("天啊", "OMG"), new("Emm", "Emm"), new("社会社会", "Respect"), new("旺柴", "Doge"), new("好的", "NoProb"), new("打脸", "MyBad"),
        new("加油加油", "KeepFighting"), new("哇", "Wow"), new("發", "Rich"), new("裂开", "Broken"), new("苦涩", "Hurt"), new("叹气", "Sigh"),
        new("让我看看", "LetMeSee"), new("666", "Awesome"), new("翻白眼", "Boring"),
    ];
}
